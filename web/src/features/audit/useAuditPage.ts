import { useEffect, useState } from 'react';
import { api } from '../../app/server';
import { words } from '../../copy/words';
import { ApiError } from '../../transport/api';
import { auditRecord, type AuditRecord } from '../../transport/auditWire';
import { listOf } from '../../transport/wire';
import { auditPath, type AuditFilter } from './auditQuery';

export type AuditPage =
  | { state: 'loading' }
  | { state: 'failed'; why: string }
  | { state: 'ready'; records: readonly AuditRecord[]; total: number; next: string | undefined };

/** One page of what fits; what is there stays while the next one comes. */
export function useAuditPage(filter: AuditFilter, cursor: string | undefined): { page: AuditPage; reload: () => void } {
  const [page, setPage] = useState<AuditPage>({ state: 'loading' });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const abort = new AbortController();
    api
      .get(auditPath(filter, cursor), listOf(auditRecord), abort.signal)
      .then(({ items, total, next }) => setPage({ state: 'ready', records: items, total: total ?? items.length, next: next ?? undefined }))
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setPage({ state: 'failed', why: error instanceof ApiError ? error.message : words.session.unreachable });
      });
    return () => abort.abort();
  }, [filter, cursor, attempt]);

  return { page, reload: () => setAttempt((n) => n + 1) };
}
