import { useId, useState } from 'react';
import { timeOfDay } from '../../copy/format';
import { words } from '../../copy/words';
import { deferred } from '../../design/deferred';
import { Glyph, type GlyphName } from '../../design/Glyph';
import { useActivityStore } from '../../stores/activityStore';
import { useSessionStore } from '../../stores/sessionStore';
import { tame, type Action } from '../../transport/wire';
import { canUndo } from '../actions/start';
import { UndoControl } from './UndoControl';

const ActionDetail = deferred(() => import('./ActionDetail').then((part) => part.ActionDetail));

function glyphOf(action: Action): GlyphName {
  switch (action.state) {
    case 'RUNNING': return 'running';
    case 'AWAITING_APPROVAL': return 'info';
    case 'SUCCEEDED': return 'done';
    case 'FAILED': return 'critical';
    case 'UNKNOWN': return 'warning';
    default: return 'refused';
  }
}

/** The outcome in the words that the server sent. */
export function outcomeWords(action: Action): string {
  const state = words.activity.state[action.state] ?? action.state;
  if (action.state === 'RUNNING') return action.phase ?? state;
  if (action.error) return named(state, tame(action.error.message));
  if (action.state === 'REFUSED' && action.reasons && action.reasons.length > 0) return `${state}: ${action.reasons.join(' ')}`;
  if (action.state === 'REJECTED' && action.approval?.decidedBy) return `${state} ${words.approvals.by(action.approval.decidedBy, timeOfDay(Date.parse(action.approval.decidedAt ?? '')))}`;
  return summaryOf(action.result) ?? state;
}

/** The state before what the server says of it, unless that begins with the same word. */
function named(state: string, said: string): string {
  return said.toLowerCase().startsWith(state) ? said : `${state}: ${said}`;
}

/** What a tool says of its own outcome. */
function summaryOf(result: unknown): string | undefined {
  const summary = typeof result === 'object' && result !== null ? (result as { summary?: unknown }).summary : undefined;
  return typeof summary === 'string' && summary !== '' ? tame(summary) : undefined;
}

/** One action through its life: who, what, on what, how it stands. Its row updates in place. */
export function ActionItem({ actionId, at }: { actionId: string; at: number }) {
  const action = useActivityStore((state) => state.actions.get(actionId));
  const me = useSessionStore((state) => state.username);
  const [open, setOpen] = useState(false);
  const detailId = useId();
  if (!action) return null;
  const mine = action.principal?.name === me && action.principal?.kind === 'person';
  const undoable = canUndo(action);

  return (
    <div className={`av-item s-${action.state}`} data-action={actionId} data-state={action.state}>
      <div className="av">
        <time dateTime={action.requestedAt ?? undefined}>{timeOfDay(at)}</time>
        <Glyph name={glyphOf(action)} />
        <span className="what">
          <b className={mine ? 'you' : 'by'}>{mine ? words.activity.you : (action.principal?.name ?? '–')}:</b>{' '}
          {action.title ?? action.tool}
          {action.targetNames && action.targetNames.length > 0 && <span className="t2"> {action.targetNames.join(', ')}</span>}
          {' '}
          <span className="oc">{outcomeWords(action)}</span>
        </span>
        <span className="ends">
          {undoable && <UndoControl action={action} />}
          <button type="button" aria-expanded={open} aria-controls={open ? detailId : undefined} onClick={() => setOpen(!open)}>
            {open ? words.activity.hide : action.state === 'REFUSED' || action.state === 'FAILED' ? words.activity.why : words.activity.detail}
          </button>
        </span>
      </div>
      {open && <div id={detailId} className="av-detail"><ActionDetail action={action} /></div>}
    </div>
  );
}
