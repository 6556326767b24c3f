import { describe, expect, it } from 'vitest';
import type { ProblemKind } from '../../transport/careWire';
import { isSound, linesOf, timeOf } from './kindLines';

const kind: ProblemKind = {
  id: 'node-cpu-high', title: 'CPU busy', explanation: 'Everything is slow.', worst: 'warning', after: 900, clearAfter: 60, noRemedy: null,
  limits: [{ name: 'used', title: 'Used', unit: '%', value: 92, least: 1, most: 100 }],
};

describe('a value for the file', () => {
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
