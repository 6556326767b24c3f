import type { Link } from '../transport/channel';
import type { Resource } from '../transport/wire';

/**
 * Never green on stale: decides, from nothing but its arguments, whether a value may be shown as
 * current. A value is stale when the line to Jarvis is not alive, when the server says so, or when it
 * is older than three of its own intervals.
 */
export type Freshness = { stale: false; ageSeconds: number } | { stale: true; because: StaleCause; ageSeconds: number | undefined };

/** `link`: the page lost Jarvis; `server`: Jarvis lost the source; `age`: nobody said anything for too long. */
export type StaleCause = 'link' | 'server' | 'age' | 'never';

export const INTERVALS_UNTIL_STALE = 3;
export const DEFAULT_INTERVAL_SECONDS = 10;

/** Everything that ages, at one moment: this machine's clock, the server's offset from it, the line. */
export interface Moment {
  now: number;
  offset: number;
  link: Link;
}

export type Aging = Pick<Resource, 'ref' | 'stale' | 'observedAt' | 'intervalSeconds' | 'source'>;

/** The source of a resource; by its address when it does not say so. */
export function sourceOf(item: Pick<Resource, 'ref' | 'source'>): string {
  return item.source ?? item.ref.split(':').slice(0, 2).join(':');
}

/** When the value was true last, on the server's clock. A stale item has stopped following its source. */
function lastTrueAt(item: Aging, sourceObservedAt: number | undefined): number | undefined {
  const own = item.observedAt === undefined ? Number.NaN : Date.parse(item.observedAt);
  const known = [own, item.stale ? Number.NaN : (sourceObservedAt ?? Number.NaN)].filter((at) => !Number.isNaN(at));
  return known.length === 0 ? undefined : Math.max(...known);
}

export function assess(item: Aging, sourceObservedAt: number | undefined, moment: Moment): Freshness {
  const at = lastTrueAt(item, sourceObservedAt);
  const ageSeconds = at === undefined ? undefined : Math.max(0, (moment.now + moment.offset - at) / 1_000);
  if (moment.link.phase !== 'live') return { stale: true, because: 'link', ageSeconds };
  if (item.stale) return { stale: true, because: 'server', ageSeconds };
  if (ageSeconds === undefined) return { stale: true, because: 'never', ageSeconds };
  if (ageSeconds > INTERVALS_UNTIL_STALE * (item.intervalSeconds ?? DEFAULT_INTERVAL_SECONDS)) {
    return { stale: true, because: 'age', ageSeconds };
  }
  return { stale: false, ageSeconds };
}
