import { describe, expect, it } from 'vitest';
import type { Points } from '../../transport/detailWire';
import { extremesOf, nearest, pathOf, scaleOf, within, written } from './plot';

const MINUTE = 60_000;
const minutely = (...values: (number | undefined)[]): Points => values.flatMap((value, at) => (value === undefined ? [] : [[at * MINUTE, value] as const]));

describe('pathOf', () => {
  it('draws from the left edge to the right, higher values higher', () => {
    expect(pathOf(minutely(0, 0.5, 1), { from: 0, to: 2 * MINUTE }, { low: 0, high: 1 })).toBe('M0.0 100.0L500.0 50.0L1000.0 0.0');
  });
  it('never draws over a time in which nothing was measured', () => {
    const points = minutely(0, 0, 0, undefined, undefined, undefined, undefined, undefined, 1, 1);
    expect(pathOf(points, { from: 0, to: 9 * MINUTE }, { low: 0, high: 1 }).match(/M/g)).toHaveLength(2);
  });
  it('leaves out what lies outside of its time', () => {
    expect(within(minutely(1, 2, 3, 4), { from: MINUTE, to: 2 * MINUTE })).toEqual([[MINUTE, 2], [2 * MINUTE, 3]]);
    expect(pathOf([], { from: 0, to: 1 }, { low: 0, high: 1 })).toBe('');
  });
  it('survives a flat line on no scale at all', () => {
    expect(pathOf(minutely(0, 0), { from: 0, to: MINUTE }, { low: 0, high: 0 })).not.toMatch(/NaN|Infinity/);
  });
});

describe('scaleOf', () => {
  it('ends at a round number, and shares at the whole where they need it', () => {
    expect(scaleOf([minutely(3, 37)], 'number')).toEqual({ low: 0, high: 40 });
    expect(scaleOf([minutely(0.2, 0.7)], 'share')).toEqual({ low: 0, high: 1 });
    expect(scaleOf([minutely(0.01, 0.02)], 'share')).toEqual({ low: 0, high: 0.05 });
    expect(scaleOf([], 'number')).toEqual({ low: 0, high: 1 });
  });
  it('keeps to what there is at most, unless there is more', () => {
    expect(scaleOf([minutely(10)], 'bytes', 64)).toEqual({ low: 0, high: 64 });
    expect(scaleOf([minutely(80)], 'bytes', 64)).toEqual({ low: 0, high: 80 });
    expect(scaleOf([minutely(-5, 3)], 'number')).toEqual({ low: -5, high: 3 });
  });
});

describe('reading a course', () => {
  it('finds the point under a moment, if there is one', () => {
    const points = minutely(1, 2, undefined, undefined, undefined, 6);
    expect(nearest(points, 1.4 * MINUTE, MINUTE)).toEqual([MINUTE, 2]);
    expect(nearest(points, 3 * MINUTE, MINUTE)).toBeUndefined();
    expect(nearest([], 0, MINUTE)).toBeUndefined();
  });
  it('knows its last, lowest and highest', () => {
    expect(extremesOf(minutely(4, 1, 3))).toEqual({ last: [2 * MINUTE, 3], least: 1, most: 4 });
    expect(extremesOf([])).toBeUndefined();
  });
  it.each([[0.123, 'share', '12%'], [0.021, 'share', '2.1%'], [0, 'share', '0%'], [51_500_000, 'rate', '412 Mb/s'], [78.4, 'celsius', '78 °C'], [9.1, 'number', '9.10']] as const)('writes %d as a %s', (value, unit, text) => {
    expect(written(value, unit)).toBe(text);
  });
});
