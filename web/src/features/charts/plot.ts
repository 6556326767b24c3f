import { bitRate, bytes } from '../../copy/format';
import type { Points } from '../../transport/detailWire';

/** How a figure is measured, and thereby how it is written and on which scale it is drawn. */
export type Unit = 'share' | 'bytes' | 'rate' | 'number' | 'celsius';
export const units: readonly Unit[] = ['share', 'bytes', 'rate', 'number', 'celsius'];

export interface Span {
  from: number;
  to: number;
}

export interface Scale {
  low: number;
  high: number;
}

/** The drawing is this wide and high, whatever its size on screen. */
export const WIDTH = 1_000;
export const HEIGHT = 100;

/** Where the distance between two points is this many times the usual one, nothing was measured between them. */
const GAP_TIMES = 3.5;
const LEAST_GAP_MS = 45_000;

export function written(value: number, unit: Unit): string {
  switch (unit) {
    case 'share':
      return `${(value * 100).toFixed(value < 0.0995 && value > 0 ? 1 : 0)}%`;
    case 'bytes':
      return bytes(value);
    case 'rate':
      return bitRate(value);
    case 'celsius':
      return `${String(Math.round(value))} °C`;
    case 'number':
      return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(value % 1 === 0 ? 0 : 2);
  }
}

export function within(points: Points, { from, to }: Span): Points {
  return points.filter(([at]) => at >= from && at <= to);
}

/** The next round number above, so that the top line carries one. */
function roundUp(value: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((factor) => factor * magnitude >= value) ?? 10;
  return step * magnitude;
}

/** From zero, so that lengths can be compared; shares on the whole, as long as they fill enough of it to be seen. */
export function scaleOf(all: readonly Points[], unit: Unit, most?: number): Scale {
  let top = 0, bottom = 0;
  for (const points of all) {
    for (const [, value] of points) {
      if (value > top) top = value;
      if (value < bottom) bottom = value;
    }
  }
  if (most !== undefined && top <= most) return { low: bottom, high: most };
  if (unit === 'share') return { low: bottom, high: top > 0.4 ? Math.max(1, top) : Math.min(1, Math.max(0.05, roundUp(top || 0.05))) };
  return { low: bottom, high: top <= 0 ? 1 : roundUp(top) };
}

function usualDistance(points: Points): number {
  const distances = points.slice(1).map(([at], index) => at - (points[index]?.[0] ?? at)).sort((a, b) => a - b);
  return distances[Math.floor(distances.length / 2)] ?? 0;
}

/** One line through the points, broken where nothing was measured: a gap is never drawn over. */
export function pathOf(points: Points, span: Span, { low, high }: Scale): string {
  const shown = within(points, span);
  const gap = Math.max(LEAST_GAP_MS, usualDistance(shown) * GAP_TIMES);
  const width = Math.max(1, span.to - span.from), height = Math.max(Number.MIN_VALUE, high - low);
  let before = Number.NEGATIVE_INFINITY;
  return shown
    .map(([at, value]) => {
      const x = ((at - span.from) / width) * WIDTH, y = HEIGHT - ((value - low) / height) * HEIGHT;
      const move = at - before > gap ? 'M' : 'L';
      before = at;
      return `${move}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}

/** The point that lies nearest to a moment, unless none lies near. */
export function nearest(points: Points, at: number, farthestMs: number): readonly [number, number] | undefined {
  let low = 0, high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.[0] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const candidates = [points[low - 1], points[low]].flatMap((point) => (point ? [point] : []));
  const best = candidates.sort((a, b) => Math.abs(a[0] - at) - Math.abs(b[0] - at))[0];
  return best && Math.abs(best[0] - at) <= farthestMs ? best : undefined;
}

export interface Extremes {
  last: readonly [at: number, value: number];
  least: number;
  most: number;
}

export function extremesOf(points: Points): Extremes | undefined {
  const last = points.at(-1);
  if (!last) return undefined;
  let least = last[1], most = last[1];
  for (const [, value] of points) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return { last, least, most };
}
