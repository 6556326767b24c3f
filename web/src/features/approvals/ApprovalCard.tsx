import { useId, useState } from 'react';
import { duration, timeOfDay } from '../../copy/format';
import { words } from '../../copy/words';
import { approvalWords } from '../../copy/approvalWords';
import { announceNow } from '../../a11y/announcer';
import { api } from '../../app/server';
import { Glyph } from '../../design/Glyph';
import { useActivityStore } from '../../stores/activityStore';
import { useApprovalsStore, type ApprovalCardState } from '../../stores/approvalsStore';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import type { Action } from '../../transport/wire';
import { Consequences } from '../actions/Consequences';
import { ConsentControls } from '../actions/ConsentControls';
import { decide, fingerprintOf } from '../actions/consentFlow';
import { report } from '../actions/start';
import { useDeaf } from './useDeaf';

/** Somebody's request that waits for a person: who, from where, what it does, until when. */
export function ApprovalCard({ card }: { card: ApprovalCardState }) {
  const live = useConnectionStore(isLive);
  const [sending, setSending] = useState(false);
  const [notice, setNotice] = useState<string>();
  const deaf = useDeaf();
  const impactId = useId();
  const headId = useId();
  const { action } = card;
  const approval = action.approval;
  const decided = card.state !== 'PENDING';
  const off = sending || !live || deaf;

  const answer = async (decision: 'approve' | 'reject', typed?: string) => {
    setSending(true);
    setNotice(undefined);
    try {
      const outcome = await decide(api, card.id, decision, decision === 'approve' ? fingerprintOf(action) : undefined, typed);
      if (outcome.is === 'under-way') {
        useApprovalsStore.getState().forget(card.id);
        if (decision === 'approve') report(outcome, action.title ?? action.tool);
        else useActivityStore.getState().noteAction(outcome.action);
        return;
      }
      const said = outcome.is === 'plan-changed' ? words.actions.planChanged : outcome.reason;
      setNotice(said);
      announceNow(said);
    } catch {
      setNotice(words.session.unreachable);
    } finally {
      setSending(false);
    }
  };

  return (
    <article className={decided ? 'cc decided' : 'cc'} aria-labelledby={headId} data-approval={card.id} tabIndex={-1}>
      <header className="hd">
        <Glyph name={decided ? (card.state === 'APPROVED' || card.state === 'CONSUMED' ? 'done' : 'refused') : 'info'} />
        <h3 id={headId}>{action.title ?? action.tool}</h3>
        <span className="t2">{action.targetNames?.join(', ')}</span>
        <span className="sp" />
        {!decided && <Expiry at={card.expiresAt} />}
      </header>
      <p className="who t2"><Asker card={card} /></p>
      {decided ? (
        <p className="decision">
          {words.approvals.decided[card.state] ?? card.state}
          {approval?.decidedBy && ` ${words.approvals.by(approval.decidedBy, timeOfDay(Date.parse(approval.decidedAt ?? '')))}`}
        </p>
      ) : (
        <>
          <Consequences action={action} id={impactId} />
          <PlanHash action={action} />
          {card.renewed && !notice && <p className="notice" role="note" data-renewed="">{words.actions.planChanged}</p>}
          {notice && <p className="notice" role="note">{notice}</p>}
          <footer className="acts">
            <ConsentControls
              consent={(approval?.consent ?? action.consent) === 'typed' ? 'typed' : 'hold'}
              typedName={approval?.typedName ?? undefined}
              label={sending ? words.actions.asking : words.actions.holdToApprove}
              danger={action.impact?.undoable !== true}
              disabled={off}
              describedBy={impactId}
              subject={`${card.id} ${fingerprintOf(action) ?? ''} ${notice ?? ''}`}
              onConsent={(typed) => void answer('approve', typed)}
            />
            <button
              type="button"
              aria-disabled={off}
              onClick={() => {
                if (!off) void answer('reject');
              }}
            >
              {words.approvals.reject}
            </button>
            {!live && <span className="t2 s12">{words.link.refusal}</span>}
          </footer>
        </>
      )}
    </article>
  );
}

const SHOWN_OF_HASH = 12;

/** What consent is bound to, so that two people can see that they read the same. */
function PlanHash({ action }: { action: Action }) {
  const hash = fingerprintOf(action);
  return hash ? <p className="s12 t3">{approvalWords.plan} <code className="m" title={hash}>{hash.slice(0, SHOWN_OF_HASH)}</code></p> : null;
}

function Asker({ card }: { card: ApprovalCardState }) {
  const { principal, origin } = card.action;
  const kind = principal ? (words.approvals.principal[principal.kind] ?? principal.kind) : undefined;
  return (
    <>
      <b>{principal?.name ?? '–'}</b>
      {kind && ` (${kind})`} {words.approvals.asks}
      {origin && ` ${words.approvals.from(words.approvals.origin[origin] ?? origin)}`}
    </>
  );
}

function Expiry({ at }: { at: string | undefined }) {
  const left = useConnectionStore((state) => (at === undefined ? Number.NaN : Math.floor((Date.parse(at) - state.now - state.offset) / 1_000)));
  if (Number.isNaN(left)) return null;
  return <span className="m s12 t3">{left > 0 ? words.approvals.expires(duration(left)) : words.approvals.expired}</span>;
}
