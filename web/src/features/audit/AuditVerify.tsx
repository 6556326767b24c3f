import { useState } from 'react';
import { announceNow } from '../../a11y/announcer';
import { api } from '../../app/server';
import { auditWords as say } from '../../copy/auditWords';
import { timeOfDay } from '../../copy/format';
import { words } from '../../copy/words';
import { Glyph } from '../../design/Glyph';
import { Plate } from '../../design/Plate';
import { ApiError } from '../../transport/api';
import { verification, type Verification } from '../../transport/auditWire';

type Asked = { is: 'not' } | { is: 'asking' } | { is: 'failed'; why: string } | { is: 'answered'; found: Verification; at: number };

/** Has the whole chain recomputed, and says what came of it. */
export function AuditVerify({ onShow }: { onShow: (seq: number) => void }) {
  const [asked, setAsked] = useState<Asked>({ is: 'not' });
  const verify = async () => {
    if (asked.is === 'asking') return;
    setAsked({ is: 'asking' });
    try {
      const found = await api.get('api/audit/verify', verification);
      setAsked({ is: 'answered', found, at: Date.now() });
      announceNow(found.valid ? say.valid(found.records) : say.invalid(found.firstBad ?? undefined));
    } catch (error) {
      const why = error instanceof ApiError ? error.message : words.session.unreachable;
      setAsked({ is: 'failed', why });
      announceNow(say.verifyFailed(why));
    }
  };
  return (
    <div className="audit-verify">
      <button type="button" aria-disabled={asked.is === 'asking'} onClick={() => void verify()}>{asked.is === 'asking' ? say.verifying : say.verify}</button>
      {asked.is === 'failed' && <p className="notice">{say.verifyFailed(asked.why)}</p>}
      {asked.is === 'answered' && <Verdict found={asked.found} at={asked.at} onShow={onShow} />}
    </div>
  );
}

function Verdict({ found, at, onShow }: { found: Verification; at: number; onShow: (seq: number) => void }) {
  const bad = found.firstBad ?? undefined;
  return (
    <div className="verdict" data-valid={found.valid}>
      <p>
        {found.valid ? <Glyph name="done" /> : <Plate kind="critical">{words.plate.critical}</Plate>}{' '}
        {found.valid ? say.valid(found.records) : say.invalid(bad)} <span className="t3 s12">{say.verifiedAt(timeOfDay(at))}</span>
      </p>
      <p className="s12 t2">{say.head} <code className="m">{found.head}</code></p>
      {bad !== undefined && <button type="button" onClick={() => onShow(bad)}>{say.showBad(bad)}</button>}
    </div>
  );
}
