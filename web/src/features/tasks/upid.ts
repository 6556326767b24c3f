import { taskWords } from '../../copy/taskWords';
import type { Task } from '../../transport/detailWire';

/** As nodes name their tasks: the node, process, start and time in hexadecimal, kind, subject and user. */
const UPID = /UPID:[A-Za-z0-9.-]{1,63}:[0-9A-F]{8,9}:[0-9A-F]{8,16}:[0-9A-F]{8}:([A-Za-z0-9]{1,40}):([^:\s]{0,120}):[^:\s]{1,120}:/;

export interface NamedTask {
  upid: string;
  type: string;
  subject: string;
}

/** The first task that a text names. */
export function taskIn(text: string): NamedTask | undefined {
  const found = UPID.exec(text);
  return found ? { upid: found[0], type: found[1] ?? '', subject: found[2] ?? '' } : undefined;
}

/** What a task does, in words; an unknown kind as the node names it. */
export function taskTitle({ type, subject }: Pick<NamedTask, 'type' | 'subject'>): string {
  const title = Object.hasOwn(taskWords.types, type) ? (taskWords.types[type] ?? type) : type;
  return subject === '' ? title : `${title} ${subject}`;
}

/** The cluster in an address such as `pve:home:node:pve1`. */
export function clusterIdOf(ref: string): string {
  return decodeURIComponent(ref.split(':')[1] ?? '');
}

export function isRunning(task: Task): boolean {
  return !task.exitStatus && !task.endedAt;
}

/** The running ones first, then the latest; no more than fit. */
export function listed(tasks: readonly Task[], most: number): readonly Task[] {
  return [...tasks].sort((a, b) => Number(isRunning(b)) - Number(isRunning(a)) || Date.parse(b.startedAt) - Date.parse(a.startedAt)).slice(0, most);
}
