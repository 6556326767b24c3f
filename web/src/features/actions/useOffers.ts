import { useCallback, useEffect, useState } from 'react';
import { ApiError } from '../../transport/api';
import { listOf, offer as offerSchema, type Offer } from '../../transport/wire';
import { words } from '../../copy/words';
import { api } from '../../app/server';

export type Offers =
  | { state: 'loading' }
  | { state: 'failed'; why: string }
  | { state: 'ready'; offers: readonly Offer[] };

/**
 * What the catalogue offers on a resource: fetched when asked for, and again when something changed that
 * offers depend on (`version`). Earlier offers stay on screen meanwhile.
 */
export function useOffers(ref: string, version: string): Offers & { retry: () => void } {
  const [offers, setOffers] = useState<Offers>({ state: 'loading' });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const abort = new AbortController();
    api
      .get(`api/resources/${encodeURIComponent(ref)}/actions`, listOf(offerSchema), abort.signal)
      .then(({ items }) => setOffers({ state: 'ready', offers: items }))
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setOffers({ state: 'failed', why: error instanceof ApiError ? error.message : words.session.unreachable });
      });
    return () => abort.abort();
  }, [ref, version, attempt]);

  const retry = useCallback(() => {
    setOffers({ state: 'loading' });
    setAttempt((n) => n + 1);
  }, []);
  return { ...offers, retry };
}

/** Write tools act, read tools only look. */
export function isWrite(offer: Offer): boolean {
  return offer.effect !== 'observes';
}
