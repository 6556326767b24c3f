import { describe, expect, it } from 'vitest';
import { DeltaQueue, patched, type Change } from './deltaQueue';
import type { Resource } from './wire';

const guest = (ref: string, more: Partial<Resource> = {}): Resource => ({ ref, kind: 'guest', name: ref, status: 'running', stale: false, ...more });

function queue() {
  const flushes: ReadonlyMap<string, Change>[] = [];
  const scheduled: (() => void)[] = [];
  const subject = new DeltaQueue((changes) => flushes.push(changes), (run) => scheduled.push(run));
  return { subject, flushes, scheduled, paint: () => scheduled.splice(0).forEach((run) => run()) };
}

describe('DeltaQueue', () => {
  it('flushes once per paint however many deltas came', () => {
    const { subject, flushes, scheduled, paint } = queue();
    for (let i = 0; i < 500; i++) subject.patch({ ref: `g${String(i % 5)}`, cpu: i / 500 });
    expect(scheduled).toHaveLength(1);
    paint();
    expect(flushes).toHaveLength(1);
    expect(flushes[0]?.size).toBe(5);
  });

  it('keeps the last write of each field, not of each delta', () => {
    const { subject, flushes, paint } = queue();
    subject.patch({ ref: 'g', cpu: 0.1, status: 'running' });
    subject.patch({ ref: 'g', cpu: 0.2 });
    paint();
    expect(flushes[0]?.get('g')).toEqual({ do: 'patch', patch: { ref: 'g', cpu: 0.2, status: 'running', unset: [] } });
  });

  it('lets a later value undo an earlier unset, and a later unset an earlier value', () => {
    const { subject, flushes, paint } = queue();
    subject.patch({ ref: 'a', unset: ['lock'] });
    subject.patch({ ref: 'a', lock: 'backup' });
    subject.patch({ ref: 'b', lock: 'backup' });
    subject.patch({ ref: 'b', unset: ['lock'] });
    paint();
    expect(flushes[0]?.get('a')).toEqual({ do: 'patch', patch: { ref: 'a', lock: 'backup', unset: [] } });
    expect(flushes[0]?.get('b')).toEqual({ do: 'patch', patch: { ref: 'b', unset: ['lock'] } });
  });

  it('lays a patch over an addition that still waits', () => {
    const { subject, flushes, paint } = queue();
    subject.put(guest('g', { lock: 'create' }));
    subject.patch({ ref: 'g', status: 'stopped', unset: ['lock'] });
    paint();
    expect(flushes[0]?.get('g')).toEqual({ do: 'put', item: { ...guest('g'), status: 'stopped' } });
  });

  it('does not revive what was removed, unless it is added anew', () => {
    const { subject, flushes, paint } = queue();
    subject.remove('a');
    subject.patch({ ref: 'a', cpu: 0.5 });
    subject.remove('b');
    subject.put(guest('b'));
    paint();
    expect(flushes[0]?.get('a')).toEqual({ do: 'remove' });
    expect(flushes[0]?.get('b')).toEqual({ do: 'put', item: guest('b') });
  });

  it('forgets what a snapshot supersedes', () => {
    const { subject, flushes, paint } = queue();
    subject.patch({ ref: 'g', cpu: 0.1 });
    subject.clear();
    paint();
    expect(flushes).toHaveLength(0);
    subject.patch({ ref: 'g', cpu: 0.2 });
    paint();
    expect(flushes).toHaveLength(1);
  });
});

describe('patched', () => {
  it('never takes away what identifies a resource', () => {
    const result = patched(guest('g', { cpu: 0.4 }), { ref: 'g', unset: ['cpu', 'ref', 'kind', 'name', 'status'] });
    expect(result).toEqual(guest('g'));
  });
});
