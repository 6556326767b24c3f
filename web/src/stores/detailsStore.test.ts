import { describe, expect, it } from 'vitest';
import type { Aspect, Details } from '../transport/detailWire';
import { dueIn, standingOf } from './detailsStore';

const NOW = Date.parse('2026-11-27T12:00:00Z');
const read = (secondsAgo: number, more: Partial<Aspect<'services'>> = {}): Aspect<'services'> => ({ value: { services: [] }, observedAt: NOW - secondsAgo * 1_000, intervalSeconds: 60, stale: false, incomplete: undefined, failure: undefined, unreadable: false, ...more });

describe('standingOf', () => {
  it('is fresh for three of its own intervals and stale after', () => {
    expect(standingOf(read(180), undefined, NOW, true)).toMatchObject({ is: 'known', stale: false, ageSeconds: 180 });
    expect(standingOf(read(181), undefined, NOW, true)).toMatchObject({ is: 'known', stale: true });
  });
  it('is stale when the server says so, when it has no age, and when nobody can be heard', () => {
    expect(standingOf(read(1, { stale: true }), undefined, NOW, true)).toMatchObject({ stale: true });
    expect(standingOf(read(1, { observedAt: undefined }), undefined, NOW, true)).toMatchObject({ stale: true, ageSeconds: undefined });
    expect(standingOf(read(1), undefined, NOW, false)).toMatchObject({ stale: true });
  });
  it('keeps the difference between not read yet, not readable and failed', () => {
    expect(standingOf(undefined, undefined, NOW, true)).toEqual({ is: 'waiting' });
    expect(standingOf(undefined, 'Jarvis does not answer.', NOW, true)).toMatchObject({ is: 'failed', why: 'Jarvis does not answer.' });
    expect(standingOf(read(0, { value: undefined, unreadable: true }), undefined, NOW, true)).toEqual({ is: 'unreadable' });
    expect(standingOf(read(0, { value: undefined, failure: { code: 'privilege-missing', reason: 'Sys.Audit is missing.' } }), undefined, NOW, true)).toEqual({ is: 'failed', code: 'privilege-missing', why: 'Sys.Audit is missing.' });
  });
  it('shows what was read before together with why it cannot be read again', () => {
    expect(standingOf(read(10, { failure: { code: 'unreachable', reason: 'No route.' } }), undefined, NOW, true)).toMatchObject({ is: 'known', stale: false, why: 'No route.' });
  });
});

describe('dueIn', () => {
  const details = (...ages: number[]): Details => Object.fromEntries(ages.map((age, at) => [['services', 'disks', 'zfs'][at] ?? '', read(age)]));
  it('is when the next one will be as old as its interval', () => {
    expect(dueIn(details(20, 40), NOW, 5_000, 60_000)).toBe(20_000);
  });
  it('is not sooner and not later than its bounds, and takes no hurry from what is overdue', () => {
    expect(dueIn(details(59), NOW, 5_000, 60_000)).toBe(5_000);
    expect(dueIn(details(500, 10), NOW, 5_000, 60_000)).toBe(50_000);
    expect(dueIn(details(500), NOW, 5_000, 60_000)).toBe(5_000);
    expect(dueIn({}, NOW, 5_000, 60_000)).toBe(5_000);
  });
});
