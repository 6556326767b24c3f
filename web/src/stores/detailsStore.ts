import { create } from 'zustand';
import type { Aspect, AspectName, Details, Growth } from '../transport/detailWire';
import { useClusterStore } from './clusterStore';
import { useConnectionStore } from './connectionStore';
import { DEFAULT_INTERVAL_SECONDS, INTERVALS_UNTIL_STALE, sourceOf } from './freshness';

/** What is known of the resources that somebody has open; dropped when they are closed. */
export interface DetailsState {
  details: ReadonlyMap<string, Details>;
  /** Why the latest question was not answered. */
  failures: ReadonlyMap<string, string>;
  /** How fast the storages among them fill. */
  growths: ReadonlyMap<string, Growth>;
  note: (ref: string, details: Details, growth?: Growth | null) => void;
  noteFailure: (ref: string, why: string) => void;
  forget: (ref: string) => void;
}

function without<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  if (!map.has(key)) return map;
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}

export const useDetailsStore = create<DetailsState>()((set, get) => ({
  details: new Map(),
  failures: new Map(),
  growths: new Map(),
  note: (ref, details, growth) => set({ details: new Map(get().details).set(ref, details), failures: without(get().failures, ref), growths: growth ? new Map(get().growths).set(ref, growth) : without(get().growths, ref) }),
  noteFailure: (ref, why) => set({ failures: new Map(get().failures).set(ref, why) }),
  forget: (ref) => set({ details: without(get().details, ref), failures: without(get().failures, ref), growths: without(get().growths, ref) }),
}));

/** How one aspect stands at a moment. `waiting`: nobody has read it yet. */
export type Standing =
  | { is: 'waiting' }
  | { is: 'failed'; code: string; why: string }
  | { is: 'unreadable' }
  | { is: 'known'; stale: boolean; ageSeconds: number | undefined; why: string | undefined; incomplete: string | undefined };

/** `why` an answer is missing altogether; `serverNow` is by the server's clock, `live` whether it can be heard. */
export function standingOf(aspect: Aspect | undefined, why: string | undefined, serverNow: number, live: boolean): Standing {
  if (aspect === undefined) return why === undefined ? { is: 'waiting' } : { is: 'failed', code: '', why };
  if (aspect.value === undefined) {
    if (aspect.failure) return { is: 'failed', code: aspect.failure.code, why: aspect.failure.reason };
    return { is: 'unreadable' };
  }
  const ageSeconds = aspect.observedAt === undefined ? undefined : Math.max(0, (serverNow - aspect.observedAt) / 1_000);
  const most = INTERVALS_UNTIL_STALE * (aspect.intervalSeconds ?? DEFAULT_INTERVAL_SECONDS);
  return { is: 'known', stale: !live || aspect.stale || ageSeconds === undefined || ageSeconds > most, ageSeconds, why: aspect.failure?.reason ?? why, incomplete: aspect.incomplete };
}

/** In how many ms the next aspect will be as old as its own interval; between the two bounds. What is overdue already is the server's to read. */
export function dueIn(details: Details, serverNow: number, soonest: number, latest: number): number {
  const ahead = Object.values(details).flatMap(({ observedAt, intervalSeconds }) => {
    const ms = (observedAt ?? 0) + (intervalSeconds ?? DEFAULT_INTERVAL_SECONDS) * 1_000 - serverNow;
    return ms > 0 ? [ms] : [];
  });
  return ahead.length === 0 ? soonest : Math.min(latest, Math.max(soonest, Math.min(...ahead)));
}

export interface SeenAspect<N extends AspectName> {
  standing: Standing;
  value: Aspect<N>['value'];
}

/** One aspect of a resource, and how it stands; drawn anew when its age changes by what is shown of it. */
export function useAspect<N extends AspectName>(ref: string, name: N): SeenAspect<N> {
  const aspect = useDetailsStore((state) => state.details.get(ref)?.[name]) as Aspect<N> | undefined;
  const why = useDetailsStore((state) => state.failures.get(ref));
  // What it compares by: a passing second alone draws nothing anew.
  useConnectionStore((state) => {
    const standing = standingOf(aspect, why, state.now + state.offset, state.links.cluster.phase === 'live');
    return standing.is === 'known' ? `${String(standing.stale)} ${standing.stale ? String(Math.floor((standing.ageSeconds ?? 0) / 10)) : ''}` : standing.is;
  });
  const { now, offset, links } = useConnectionStore.getState();
  return { standing: standingOf(aspect, why, now + offset, links.cluster.phase === 'live'), value: aspect?.value };
}

/** The address of the cluster that a resource belongs to. */
export function clusterOf(ref: string): string | undefined {
  const { entities, refs } = useClusterStore.getState();
  const item = entities.get(ref);
  if (!item) return undefined;
  const source = sourceOf({ ref });
  return refs.cluster.find((candidate) => sourceOf({ ref: candidate }) === source);
}
