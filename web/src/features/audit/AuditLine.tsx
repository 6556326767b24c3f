import { useState } from 'react';
import { auditWords as say } from '../../copy/auditWords';
import { dateAndTime } from '../../copy/format';
import type { AuditRecord } from '../../transport/auditWire';
import { aboutOf, detailOf } from './auditQuery';

/** One record; its detail and hash unfold in place, and are drawn only then. */
export function AuditLine({ record }: { record: AuditRecord }) {
  const [open, setOpen] = useState(false);
  const about = aboutOf(record);
  return (
    <li data-seq={record.seq}>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <time className="m s12 t3" dateTime={record.at}>{dateAndTime(Date.parse(record.at))}</time>
          <b><bdi>{record.actor}</bdi></b>
          <span className="m s12"><bdi>{record.activity}</bdi></span>
          <span className="t2 about"><bdi>{about}</bdi></span>
        </summary>
        {open && <Unfolded record={record} />}
      </details>
    </li>
  );
}

function Unfolded({ record }: { record: AuditRecord }) {
  const detail = detailOf(record);
  const facts: readonly (readonly [string, string])[] = [
    [say.number, String(record.seq)],
    [say.at, record.at],
    [say.by, record.actor],
    ...(record.origin ? [[say.way, record.origin] as const] : []),
    [say.what, record.activity],
    ...(record.subject ? [[say.subject, record.subject] as const] : []),
    [say.hash, record.hash],
  ];
  return (
    <div className="audit-detail">
      <dl className="facts-list">
        {facts.map(([label, value]) => <div key={label}><dt>{label}</dt><dd className="m"><bdi>{value}</bdi></dd></div>)}
      </dl>
      {detail !== undefined && <pre className="log" role="group" aria-label={say.detail} tabIndex={0}><bdi dir="ltr">{detail}</bdi></pre>}
    </div>
  );
}
