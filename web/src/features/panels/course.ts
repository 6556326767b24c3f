import type { PanelSeries } from '../../transport/panelWire';

export const WIDTH = 320;
export const HEIGHT = 72;
const EDGE = 2;

/** The stretches of a course between its gaps, as paths over the span of all of them and its own scale. */
export function paths(series: PanelSeries, from: number, to: number): readonly string[] {
  const values = series.points.flatMap(({ value }) => (value === null ? [] : [value]));
  if (values.length === 0) return [];
  // By hand: thousands of points spread as arguments would be too many for some engines.
  let low = Infinity, high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const span = high - low || 1;
  const wide = to - from || 1;
  const stretches: string[] = [];
  let stretch: string[] = [];
  const end = () => {
    if (stretch.length > 0) stretches.push(stretch.length === 1 ? `M${stretch[0] ?? ''}h0.01` : `M${stretch.join('L')}`);
    stretch = [];
  };
  for (const { at, value } of series.points) {
    if (value === null || Number.isNaN(at)) {
      end();
      continue;
    }
    const x = EDGE + ((at - from) / wide) * (WIDTH - 2 * EDGE);
    const y = high === low ? HEIGHT / 2 : HEIGHT - EDGE - ((value - low) / span) * (HEIGHT - 2 * EDGE);
    stretch.push(`${x.toFixed(1)} ${y.toFixed(1)}`);
  }
  end();
  return stretches;
}

/** The time that all courses span together. */
export function spanOf(series: readonly PanelSeries[]): { from: number; to: number } | undefined {
  let from = Infinity, to = -Infinity;
  for (const { points } of series) {
    for (const { at } of points) {
      if (Number.isNaN(at)) continue;
      from = Math.min(from, at);
      to = Math.max(to, at);
    }
  }
  return from <= to ? { from, to } : undefined;
}
