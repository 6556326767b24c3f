import { describe, expect, it } from 'vitest';
import type { ProblemKind } from '../../transport/careWire';
import { changesOf, currentOf, isSound, linesOf, timeOf } from './kindLines';

const kind: ProblemKind = {
  id: 'node-cpu-high', title: 'CPU busy', explanation: 'Everything is slow.', worst: 'warning', after: 900, clearAfter: 60, noRemedy: null,
  limits: [{ name: 'used', title: 'Used', unit: '%', value: 92, least: 1, most: 100 }],
  now: { enabled: true, after: 900, clearAfter: 60, limits: { used: 92 } },
  settings: [],
};

/** The same after ada set two values, of which the file names one. */
const set: ProblemKind = {
  ...kind,
  now: { enabled: true, after: 1_800, clearAfter: 300, limits: { used: 92 } },
  settings: [
    { key: 'after', value: '30m', source: 'person', by: 'ada', at: '2026-01-01T00:00:00Z', counts: true },
    { key: 'gone', value: '5m', source: 'file', by: null, at: null, counts: true },
    { key: 'gone', value: '9m', source: 'person', by: 'ada', at: '2026-01-01T00:00:00Z', counts: false },
  ],
};

describe('a value', () => {
  it('is a number within its bounds', () => {
    for (const text of ['1', '100', ' 85 ', '92.5', '+7']) expect(isSound(kind, 'used', text), text).toBe(true);
    for (const text of ['', '0', '101', '9 2', '0x50', 'NaN', 'Infinity', '85%', '8,5']) expect(isSound(kind, 'used', text), text).toBe(false);
  });
  it('is a time as the file writes it', () => {
    expect(['90', '30s', '10m', '2h', '3d', '365d'].map(timeOf)).toEqual([90, 30, 600, 7_200, 259_200, 31_536_000]);
    for (const text of ['', '366d', '-1', '1.5h', '10 m', '9999999999', '1w']) expect(timeOf(text), text).toBeUndefined();
  });
  it('is yes or no, and of a key that the kind has', () => {
    expect(isSound(kind, 'enabled', 'false')).toBe(true);
    expect(isSound(kind, 'enabled', 'no')).toBe(false);
    expect(isSound(kind, 'age', '3')).toBe(false);
  });
});

describe('the lines', () => {
  it('hold what is sound and not the usual', () => {
    expect(linesOf(kind, new Map([['used', ' 85 '], ['gone', '1m'], ['after', '30m'], ['enabled', 'true']]))).toBe('node-cpu-high.after = 30m\nnode-cpu-high.used = 85');
    expect(linesOf(kind, new Map([['used', '185'], ['after', 'soon']]))).toBe('');
    expect(linesOf(kind, new Map([['enabled', 'false']]))).toBe('node-cpu-high.enabled = false');
  });
});

describe('what counts', () => {
  it('is shown as it was written, and else as the file would have it', () => {
    expect(['used', 'after', 'gone', 'enabled'].map((key) => currentOf(kind, key))).toEqual(['92', '900s', '60s', 'true']);
    expect(['after', 'gone'].map((key) => currentOf(set, key))).toEqual(['30m', '5m']);
    expect(linesOf(set, new Map())).toBe('node-cpu-high.after = 30m\nnode-cpu-high.gone = 5m');
  });
});

describe('the changes', () => {
  it('hold what means something else, as it was typed', () => {
    expect(changesOf(kind, new Map([['used', ' 85 '], ['after', '15m'], ['enabled', 'false']]))).toEqual({ used: '85', enabled: 'false' });
    expect(changesOf(kind, new Map([['used', '185']]))).toEqual({ used: '185' });
  });
  it('take back what a person set where the usual is wished, and leave the file alone', () => {
    expect(changesOf(set, new Map([['after', '900'], ['gone', '1m']]))).toEqual({ after: null });
  });
});
