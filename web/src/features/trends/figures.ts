import type { Points } from '../../transport/detailWire';
import { nearest } from '../charts/plot';

/** The cluster records a point a minute, and now and then misses some. */
const NEAR_MS = 300_000;

/** Amounts as shares of a whole; nothing where the whole is not known. */
export function perCent(points: Points, whole: number | undefined): Points {
  return whole === undefined || whole <= 0 ? [] : points.map(([at, value]) => [at, value / whole] as const);
}

/** Two courses that were recorded together as one; a moment at which one is missing is missing. */
export function summed(one: Points, other: Points): Points {
  const others = new Map(other);
  return one.flatMap(([at, value]) => {
    const more = others.get(at);
    return more === undefined ? [] : [[at, value + more] as const];
  });
}

/** What is in use without what the ARC of ZFS held at about the same time; where that was not recorded, with it. */
export function withoutCache(memory: Points, arc: Points): Points {
  return memory.map(([at, value]) => [at, Math.max(0, value - (nearest(arc, at, NEAR_MS)?.[1] ?? 0))] as const);
}
