import { useEffect, useState } from 'react';
import { words } from '../../copy/words';
import { announceNow } from '../../a11y/announcer';
import { Glyph } from '../../design/Glyph';
import { hasEnded, useActivityStore } from '../../stores/activityStore';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { useUiStore, type Toast as ToastState } from '../../stores/uiStore';
import { outcomeWords } from '../activity/ActionItem';
import { canUndo, undo } from '../actions/start';

const STAYS_MS = 8_000;
const FAILURE_STAYS_MS = 20_000;

/** Results of the person's own actions; the activity list keeps the record. */
export function Toasts() {
  const toasts = useUiStore((state) => state.toasts);
  return (
    <div className="toasts" role="region" aria-label={words.toasts.label}>
      {toasts.map((toast) => (
        <Toast key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function Toast({ toast }: { toast: ToastState }) {
  const action = useActivityStore((state) => (toast.actionId === undefined ? undefined : state.actions.get(toast.actionId)));
  const live = useConnectionStore(isLive);
  const [held, setHeld] = useState(false);
  const ended = action ? hasEnded(action) : true;
  const failed = toast.failure !== undefined || (action !== undefined && ['FAILED', 'REFUSED', 'UNKNOWN'].includes(action.state));
  const words1 = toast.failure ?? (action ? outcomeWords(action) : (toast.outcome ?? ''));
  const title = action?.title ?? toast.title;

  useEffect(() => {
    if (!ended || held) return;
    const timer = window.setTimeout(() => useUiStore.getState().dropToast(toast.id), failed ? FAILURE_STAYS_MS : STAYS_MS);
    return () => window.clearTimeout(timer);
  }, [ended, held, failed, toast.id]);

  useEffect(() => {
    if (failed && toast.failure === undefined) announceNow(`${title}: ${words1}`);
  }, [failed, toast.failure, title, words1]);

  return (
    <div className={failed ? 'toast failed' : 'toast'} data-toast={action?.state ?? (failed ? 'failure' : 'done')} onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      <Glyph name={failed ? 'critical' : ended ? 'done' : 'running'} />
      <span className="what">
        <b><bdi>{title}</bdi></b> {action?.targetNames && <span className="t2">{action.targetNames.join(', ')}</span>}
        <span className="oc">{words1}</span>
      </span>
      {action && canUndo(action) && (
        <button type="button" aria-disabled={!live} onClick={() => {
          if (!live) return;
          useUiStore.getState().dropToast(toast.id);
          void undo(action);
        }}>{words.activity.undo}</button>
      )}
      <button type="button" className="quiet" aria-label={words.toasts.dismiss} onClick={() => useUiStore.getState().dropToast(toast.id)}>×</button>
    </div>
  );
}
