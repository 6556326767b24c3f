import { useEffect, useState } from 'react';
import { words } from '../../copy/words';
import { api } from '../../app/server';
import { ApiError } from '../../transport/api';
import { taskLog } from '../../transport/detailWire';
import { appended, hasEnded, nextLine, NO_LINES, type LogBuffer } from './logBuffer';

const PAGE = 1_000;
const RUNNING_MS = 2_000;
const FAILED_MS = 5_000;

export interface TaskLogView {
  buffer: LogBuffer;
  /** Undefined while nothing has come at all. */
  state: 'loading' | 'running' | 'ended';
  failure: string | undefined;
}

/** The log of a task from its beginning, and what is written to it while it runs. */
export function useTaskLog(cluster: string, upid: string): TaskLogView {
  const [view, setView] = useState<TaskLogView>({ buffer: NO_LINES, state: 'loading', failure: undefined });

  useEffect(() => {
    const abort = new AbortController();
    let timer: number | undefined;
    let buffer = NO_LINES;
    const read = async (): Promise<number | undefined> => {
      if (document.hidden) return RUNNING_MS;
      try {
        const { start, lines } = await api.get(`api/clusters/${encodeURIComponent(cluster)}/tasks/${encodeURIComponent(upid)}/log?start=${String(nextLine(buffer))}&limit=${String(PAGE)}`, taskLog, abort.signal);
        if (abort.signal.aborted) return undefined;
        buffer = appended(buffer, start, lines);
        const ended = hasEnded(buffer);
        setView({ buffer, state: ended ? 'ended' : 'running', failure: undefined });
        if (lines.length >= PAGE) return 0;
        return ended ? undefined : RUNNING_MS;
      } catch (error) {
        if (abort.signal.aborted) return undefined;
        setView((before) => ({ ...before, failure: error instanceof ApiError ? error.message : words.session.unreachable }));
        // What is not there will not come; everything else may.
        return error instanceof ApiError && (error.status === 404 || error.status === 422) ? undefined : FAILED_MS;
      }
    };
    const turn = async () => {
      const next = await read();
      if (next !== undefined && !abort.signal.aborted) timer = window.setTimeout(() => void turn(), next);
    };
    void turn();
    return () => {
      abort.abort();
      window.clearTimeout(timer);
    };
  }, [cluster, upid]);
  return view;
}
