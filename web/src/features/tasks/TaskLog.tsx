import { taskWords } from '../../copy/taskWords';
import type { LoggedTask } from '../../stores/taskLogStore';
import { LogLines } from './LogLines';
import { useTaskLog } from './useTaskLog';

/** The log of one task. */
export function TaskLog({ task }: { task: LoggedTask }) {
  const { buffer, state, failure } = useTaskLog(task.cluster, task.upid);
  return (
    <div data-log={state}>
      <p className="m s12 t3 upid"><bdi>{task.upid}</bdi></p>
      {failure && <p className="notice" role="status"><bdi>{taskWords.stopped(failure)}</bdi></p>}
      {state === 'loading' && !failure && <p className="skeleton tall" aria-label={taskWords.loading} />}
      {state !== 'loading' && (buffer.lines.length === 0 ? <p className="empty">{taskWords.empty}</p> : <LogLines title={taskWords.title} buffer={buffer} running={state === 'running'} />)}
    </div>
  );
}
