import { useRef, useState } from 'react';
import { auditWords as say } from '../../copy/auditWords';
import { AuditFilterForm } from './AuditFilterForm';
import { AuditLine } from './AuditLine';
import { AuditVerify } from './AuditVerify';
import { cursorAt, isFiltered, noFilter, type AuditFilter } from './auditQuery';
import { useAuditPage, type AuditPage } from './useAuditPage';
import './audit.css';

/** Looks things up in the audit log, the newest first, a page at a time, and verifies it. */
export function AuditBrowser({ resource }: { resource?: string }) {
  const [filter, setFilter] = useState<AuditFilter>({ ...noFilter, resource: resource ?? '' });
  const [cursor, setCursor] = useState<string>();
  const [searches, setSearches] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const { page, reload } = useAuditPage(filter, cursor);
  const go = (next: string | undefined) => {
    setCursor(next);
    list.current?.scrollTo({ top: 0 });
    list.current?.focus();
  };
  const show = (seq: number) => {
    setFilter(noFilter);
    setSearches((n) => n + 1);
    go(cursorAt(seq));
  };
  return (
    <div className="audit">
      <p className="t2 s13">{say.lead}</p>
      <AuditVerify onShow={show} />
      <AuditFilterForm
        key={searches}
        filter={filter}
        onSearch={(wanted) => {
          setFilter(wanted);
          setCursor(undefined);
        }}
      />
      <div ref={list} className="scroll audit-list" tabIndex={0} role="group" aria-label={say.title}>
        <Records page={page} filtered={isFiltered(filter)} reload={reload} />
      </div>
      <footer className="acts">
        {cursor !== undefined && <button type="button" onClick={() => go(undefined)}>{say.newest}</button>}
        {page.state === 'ready' && page.next !== undefined && <button type="button" onClick={() => go(page.next)}>{page.records.length === 0 ? say.lookFarther : say.older}</button>}
        {page.state === 'ready' && <span className="t3 s12">{say.all(page.total)}</span>}
      </footer>
    </div>
  );
}

function Records({ page, filtered, reload }: { page: AuditPage; filtered: boolean; reload: () => void }) {
  switch (page.state) {
    case 'loading':
      return <p className="skeleton lines">{say.loading}</p>;
    case 'failed':
      return <p className="notice" data-failed="">{say.failed(page.why)} <button type="button" onClick={reload}>{say.retry}</button></p>;
    case 'ready':
      if (page.records.length === 0) return <p className="t2">{page.next !== undefined ? say.farther : filtered ? say.noMatch : say.empty}</p>;
      return <ul className="audit-lines">{page.records.map((record) => <AuditLine key={record.seq} record={record} />)}</ul>;
  }
}
