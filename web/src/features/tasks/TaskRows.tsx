import { duration } from '../../copy/format';
import { taskWords } from '../../copy/taskWords';
import { Glyph, type GlyphName } from '../../design/Glyph';
import { useTaskLogStore } from '../../stores/taskLogStore';
import { serverNow } from '../../app/problems';
import type { Task } from '../../transport/detailWire';
import { isRunning, taskTitle } from './upid';

function glyphOf(task: Task): GlyphName {
  if (isRunning(task)) return 'running';
  if (!task.succeeded) return task.exitStatus ? 'critical' : 'info';
  return task.exitStatus === 'OK' ? 'done' : 'warning';
}

function outcomeOf(task: Task): string {
  if (isRunning(task)) return taskWords.runs;
  if (!task.exitStatus) return taskWords.unknownEnd;
  if (!task.succeeded) return taskWords.failed(task.exitStatus);
  return task.exitStatus === 'OK' ? taskWords.done : taskWords.warned(task.exitStatus);
}

/** Tasks of a cluster as rows, each with its log. */
export function TaskRows({ tasks, cluster }: { tasks: readonly Task[]; cluster: string }) {
  const now = serverNow();
  return (
    <ul className="items">
      {tasks.map((task) => {
        const title = taskTitle(task);
        const age = (now - Date.parse(isRunning(task) ? task.startedAt : (task.endedAt ?? task.startedAt))) / 1_000;
        return (
          <li key={task.id} data-task={task.id}>
            <Glyph name={glyphOf(task)} />
            <span className="what" title={`${title}: ${outcomeOf(task)}`}><bdi>{title}</bdi> <span className="t2"><bdi>{outcomeOf(task)}</bdi></span></span>
            <span className="m t3">{duration(age)}</span>
            <LogButton cluster={cluster} upid={task.id} title={title} />
          </li>
        );
      })}
    </ul>
  );
}

/** Opens the log of one task. */
export function LogButton({ cluster, upid, title }: { cluster: string; upid: string; title: string }) {
  return (
    <button type="button" aria-label={taskWords.logOf(title)} aria-haspopup="dialog" onClick={() => useTaskLogStore.getState().show({ cluster, upid, title })}>
      {taskWords.log}
    </button>
  );
}
