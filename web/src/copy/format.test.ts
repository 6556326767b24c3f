import { describe, expect, it } from 'vitest';
import { bytes, bytesOf, duration, percent, plural, shortDuration, spelled, timeOfDay, UNKNOWN } from './format';

const GIB = 1024 ** 3;

describe('format', () => {
  it('shows the unknown as a dash, never as zero', () => {
    expect([bytes(undefined), percent(undefined), duration(undefined), shortDuration(undefined)]).toEqual([UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN]);
    expect(timeOfDay(Number.NaN)).toBe('--:--');
  });
  it('scales sizes', () => {
    expect([bytes(0), bytes(512), bytes(1_536), bytes(64 * GIB), bytes(988 * GIB), bytes(6_144 * GIB)]).toEqual(['0 B', '512 B', '1.5 KB', '64.0 GB', '988 GB', '6.0 TB']);
  });
  it('names the unit once where both have it', () => {
    expect([bytesOf(2 * GIB, 4 * GIB), bytesOf(988 * GIB, 1_900 * GIB), bytesOf(undefined, GIB)]).toEqual(['2.0 of 4.0 GB', '988 GB of 1.9 TB', '– of 1.0 GB']);
  });
  it('shows two units of time and drops a zero', () => {
    expect([duration(59.9), duration(192), duration(180), duration(7_500), duration(93_600), duration(3_600 * 24 * 41 + 5_000)]).toEqual(['59 s', '3 m 12 s', '3 m', '2 h 5 m', '1 d 2 h', '41 d']);
    expect(shortDuration(93_600)).toBe('1 d');
  });
  it('never shows a negative duration', () => {
    expect(duration(-4)).toBe('0 s');
  });
  it('counts as people do', () => {
    expect([plural(1, 'node'), plural(1_200, 'guest'), spelled(2), spelled(12)]).toEqual(['1 node', '1,200 guests', 'Two', '12']);
  });
});
