import { describe, expect, it } from 'vitest';
import type { Link } from '../transport/channel';
import { assess, sourceOf, type Aging, type Moment } from './freshness';

const T0 = Date.parse('2026-11-22T19:00:00.000Z');
const LIVE: Link = { phase: 'live', since: 0 };
const at = (seconds: number, link: Link = LIVE, offset = 0): Moment => ({ now: T0 + seconds * 1_000, offset, link });
const node: Aging = { ref: 'pve:home:node:pve1', stale: false, observedAt: new Date(T0).toISOString(), intervalSeconds: 10 };

describe('assess', () => {
  it('lets a value stay fresh for three of its own intervals, and not a moment longer', () => {
    expect(assess(node, undefined, at(30)).stale).toBe(false);
    expect(assess(node, undefined, at(30.001))).toMatchObject({ stale: true, because: 'age' });
  });

  it('measures by the value’s own interval', () => {
    expect(assess({ ...node, intervalSeconds: 60 }, undefined, at(179)).stale).toBe(false);
    expect(assess({ ...node, intervalSeconds: 60 }, undefined, at(181)).stale).toBe(true);
  });

  it('takes the source’s later answer as the value’s age', () => {
    expect(assess(node, T0 + 100_000, at(105))).toEqual({ stale: false, ageSeconds: 5 });
  });

  it('does not let a source that answers freshen a value that the server calls stale', () => {
    expect(assess({ ...node, stale: true }, T0 + 100_000, at(105))).toEqual({ stale: true, because: 'server', ageSeconds: 105 });
  });

  it.each<Link>([
    { phase: 'idle' },
    { phase: 'connecting', attempt: 1, downSince: T0 },
    { phase: 'silent', since: T0, downSince: T0 },
    { phase: 'waiting', attempt: 2, retryAt: T0, downSince: T0 },
  ])('calls everything stale at once while the line is $phase', (link) => {
    expect(assess(node, undefined, at(0, link))).toMatchObject({ stale: true, because: 'link' });
  });

  it('is stale without any instant to go by', () => {
    expect(assess({ ...node, observedAt: undefined }, undefined, at(0))).toMatchObject({ stale: true, because: 'never', ageSeconds: undefined });
    expect(assess({ ...node, observedAt: 'yesterday-ish' }, undefined, at(0))).toMatchObject({ stale: true, because: 'never' });
  });

  it('reads the age on the server’s clock', () => {
    expect(assess(node, undefined, at(5, LIVE, 20_000))).toEqual({ stale: false, ageSeconds: 25 });
    expect(assess(node, undefined, at(5, LIVE, 30_000)).stale).toBe(true);
  });

  it('never tells a negative age', () => {
    expect(assess(node, undefined, at(-8))).toEqual({ stale: false, ageSeconds: 0 });
  });
});

describe('sourceOf', () => {
  it('is the cluster part of the address unless the resource names another', () => {
    expect(sourceOf({ ref: 'pve:home:guest:101' })).toBe('pve:home');
    expect(sourceOf({ ref: 'pve:home:guest:101', source: 'ssh:home' })).toBe('ssh:home');
  });
});
