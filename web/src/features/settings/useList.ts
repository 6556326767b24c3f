import { useCallback, useEffect, useState } from 'react';
import type * as z from 'zod/mini';
import { words } from '../../copy/words';
import { api } from '../../app/server';
import { ApiError } from '../../transport/api';
import { listOf } from '../../transport/wire';

export type Listing<T> = { state: 'loading' } | { state: 'failed'; why: string } | { state: 'ready'; items: readonly T[] };

/** A list of the server that is fetched when it is shown; `reload` keeps what is there until the new one came. */
export function useList<T extends z.ZodMiniType>(path: string, member: T): { list: Listing<z.infer<T>>; reload: () => void } {
  const [list, setList] = useState<Listing<z.infer<T>>>({ state: 'loading' });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const abort = new AbortController();
    api
      .get(path, listOf(member), abort.signal)
      .then(({ items }) => setList({ state: 'ready', items }))
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setList({ state: 'failed', why: error instanceof ApiError ? error.message : words.session.unreachable });
      });
    return () => abort.abort();
  }, [path, member, attempt]);

  return { list, reload: useCallback(() => setAttempt((n) => n + 1), []) };
}
