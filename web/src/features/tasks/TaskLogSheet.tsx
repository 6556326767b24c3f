import { isHalt } from '../../a11y/keymap';
import { taskWords } from '../../copy/taskWords';
import { deferred } from '../../design/deferred';
import { useTaskLogStore } from '../../stores/taskLogStore';
import { Sheet } from '../actions/Sheet';

const TaskLog = deferred(() => import('./TaskLog').then((part) => part.TaskLog));

/** The log that somebody asked for, over the page; what shows it is fetched with the first one. */
export function TaskLogSheet() {
  const task = useTaskLogStore((state) => state.shown);
  if (!task) return null;
  return (
    // The page's own keys mean nothing here, but for the one that halts.
    <div onKeyDown={(event) => {
      if (!isHalt(event)) event.stopPropagation();
    }}>
      <Sheet title={task.title} kicker={taskWords.title} className="tasklog" sticky onClose={() => useTaskLogStore.getState().show(undefined)}>
        <TaskLog key={task.upid} task={task} />
      </Sheet>
    </div>
  );
}
