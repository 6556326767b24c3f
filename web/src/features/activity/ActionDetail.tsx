import { duration } from '../../copy/format';
import { words } from '../../copy/words';
import { hasEnded } from '../../stores/activityStore';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import type { Action } from '../../transport/wire';
import { cancel } from '../actions/start';
import { LogButton } from '../tasks/TaskRows';
import { clusterIdOf } from '../tasks/upid';
import { ActionFacts } from './ActionFacts';

const LOG_LINES = 12;

function tookSeconds(action: Action): number | undefined {
  const from = Date.parse(action.startedAt ?? ''), to = Date.parse(action.endedAt ?? '');
  return Number.isNaN(from) || Number.isNaN(to) ? undefined : (to - from) / 1_000;
}

/** All that is known of an action: who, how it was decided, what it wrote. */
export function ActionDetail({ action }: { action: Action }) {
  const live = useConnectionStore(isLive);
  const took = tookSeconds(action);
  const log = action.log ?? [];
  const folded = log.slice(-LOG_LINES);
  const task = action.task && action.targets?.[0] ? { upid: action.task, cluster: clusterIdOf(action.targets[0]) } : undefined;
  return (
    <>
      <ActionFacts action={action} />
      {(action.decisions ?? []).map((decision, at) => (
        <p key={at} className="t2 s12"><span className="tag">{decision.policy}</span> {decision.verdict}{decision.reason ? `: ${decision.reason}` : ''}</p>
      ))}
      {log.length > 0 && (
        <pre className="log" aria-label={words.activity.log}>
          {log.length > LOG_LINES && `${words.activity.moreLines(log.length - LOG_LINES)}\n`}
          {folded.join('\n')}
        </pre>
      )}
      {task && <LogButton {...task} title={action.title ?? action.tool} />}
      <p className="m s12 t3">
        {action.tool} {action.tier}
        {action.origin && ` ${words.approvals.from(words.approvals.origin[action.origin] ?? action.origin)}`}
        {took !== undefined && ` ${words.activity.took(duration(took))}`}
      </p>
      {action.undo && !action.undo.available && action.undo.reason && <p className="t3 s12">{words.activity.undo}: {action.undo.reason}</p>}
      {!hasEnded(action) && action.state === 'AWAITING_APPROVAL' && (
        <button type="button" aria-disabled={!live} onClick={() => {
          if (live) void cancel(action);
        }}>{words.activity.cancel}</button>
      )}
    </>
  );
}
