import { useEffect } from 'react';
import { words } from '../copy/words';
import { useClusterStore } from '../stores/clusterStore';
import { dueIn, useDetailsStore } from '../stores/detailsStore';
import { ApiError } from '../transport/api';
import { detailedResource, type AspectName, type Details } from '../transport/detailWire';
import type { Resource } from '../transport/wire';
import { serverNow } from './problems';
import { api } from './server';
import { Watched } from './watched';

const SOONEST_MS = 5_000;
const LATEST_MS = 60_000;
/** The server reads no more than this before it answers. */
const MOST_REFRESHED = 4;

/** What of each kind is read at once where nobody has read it yet; the rest comes in its own time. */
function wantedOf({ kind, status }: Resource): readonly AspectName[] {
  switch (kind) {
    case 'node':
      return ['system', 'services', 'disks', 'zfs', 'updates'];
    case 'guest':
      return ['configuration', 'snapshots', 'runtime', ...(status === 'running' ? (['agent'] as const) : [])];
    case 'storage':
      return ['content'];
    case 'cluster':
      return ['tasks'];
  }
}

/** Nobody has read these yet, nor failed to. */
function unread(ref: string, known: Details): readonly AspectName[] {
  const item = useClusterStore.getState().entities.get(ref);
  if (!item || item.stale) return [];
  return wantedOf(item).filter((name) => known[name] === undefined).slice(0, MOST_REFRESHED);
}

const path = (ref: string) => `api/resources/${encodeURIComponent(ref)}`;

const watched = new Watched(
  async (ref, signal) => {
    const store = useDetailsStore.getState();
    const known = store.details.get(ref);
    const refresh = known ? unread(ref, known) : [];
    try {
      const { details, growth } = await api.get(refresh.length > 0 ? `${path(ref)}?refresh=${refresh.join(',')}` : path(ref), detailedResource, signal);
      if (signal.aborted) return undefined;
      store.note(ref, details, growth);
      // The first answer is what there is; what it lacks is asked for at once.
      if (!known && unread(ref, details).length > 0) return 0;
      // What is being reckoned is told the next time.
      return growth?.state === 'asked' ? SOONEST_MS : dueIn(details, serverNow(), SOONEST_MS, LATEST_MS);
    } catch (error) {
      if (!signal.aborted) store.noteFailure(ref, error instanceof ApiError ? error.message : words.session.unreachable);
      return error instanceof ApiError && error.retryAfterSeconds !== undefined ? error.retryAfterSeconds * 1_000 : SOONEST_MS;
    }
  },
  (ref) => useDetailsStore.getState().forget(ref),
);

/** Has the details of a resource read while the calling component is on screen. */
export function useDetails(ref: string | undefined): void {
  useEffect(() => (ref === undefined ? undefined : watched.watch(ref)), [ref]);
}

/** The same for several at once. */
export function useDetailsOf(refs: readonly string[]): void {
  const all = refs.join(' ');
  useEffect(() => {
    const ends = all === '' ? [] : all.split(' ').map((ref) => watched.watch(ref));
    return () => {
      for (const end of ends) end();
    };
  }, [all]);
}
