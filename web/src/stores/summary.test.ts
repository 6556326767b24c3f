import { describe, expect, it } from 'vitest';
import type { Resource } from '../transport/wire';
import type { Moment } from './freshness';
import { summarize } from './summary';

const NOW = Date.parse('2026-11-22T19:00:00.000Z');
const seen = new Date(NOW - 2_000).toISOString();
const live: Moment = { now: NOW, offset: 0, link: { phase: 'live', since: NOW } };
const base = { status: 'online', stale: false, observedAt: seen, intervalSeconds: 10 };
const node = (name: string, more: Partial<Resource> = {}): Resource => ({ ref: `pve:home:node:${name}`, kind: 'node', name, ...base, cpu: 0.5, cpus: 8, memoryUsedBytes: 4, memoryTotalBytes: 16, ...more });
const guest = (vmid: number, more: Partial<Resource> = {}): Resource => ({ ref: `pve:home:guest:${String(vmid)}`, kind: 'guest', name: `g${String(vmid)}`, vmid, ...base, status: 'running', ...more });
const storage = (on: string, name: string, more: Partial<Resource> = {}): Resource => ({ ref: `pve:home:storage:${on}:${name}`, kind: 'storage', name, ...base, status: 'available', usedBytes: 50, totalBytes: 100, ...more });
const cluster = (more: Partial<Resource> = {}): Resource => ({ ref: 'pve:home:cluster', kind: 'cluster', name: 'home', ...base, quorate: true, votes: 4, expectedVotes: 4, ...more });

function of(items: readonly Resource[], at: Moment = live) {
  const refs = (kind: Resource['kind']) => items.filter((item) => item.kind === kind).map((item) => item.ref);
  return summarize({ entities: new Map(items.map((item) => [item.ref, item])), refs: { cluster: refs('cluster'), node: refs('node'), guest: refs('guest'), storage: refs('storage') }, observed: new Map() }, at);
}

describe('summarize', () => {
  it('weighs a node’s CPU by its cores', () => {
    expect(of([node('a', { cpu: 1, cpus: 2 }), node('b', { cpu: 0, cpus: 6 })]).cpu.share).toBe(0.25);
  });

  it('does not count as used what the ARC would give up, and says how much that is', () => {
    const { memory, cache } = of([node('a', { memoryUsedBytes: 12, memoryArcBytes: 4 }), node('b')]);
    expect([memory.share, cache]).toEqual([(8 + 4) / 32, 4 / 32]);
    expect(of([node('a')]).cache).toBeUndefined();
  });

  it('leaves stale nodes out of the totals and says how many report', () => {
    const summary = of([node('a'), node('b', { stale: true, cpu: 1, memoryUsedBytes: 16 })]);
    expect(summary.nodes).toEqual({ reporting: 1, total: 2 });
    expect(summary.cpu.share).toBe(0.5);
    expect(summary.memory.share).toBe(0.25);
    expect([summary.stale, summary.silent]).toEqual([1, ['pve:home:node:b']]);
  });

  it('has no totals at all while the line is down', () => {
    const summary = of([cluster(), node('a'), guest(1), storage('a', 'x')], { ...live, link: { phase: 'waiting', attempt: 1, retryAt: NOW, downSince: NOW } });
    expect([summary.cpu.share, summary.memory.share, summary.storage.share]).toEqual([undefined, undefined, undefined]);
    expect(summary.quorum.clusters).toBe(0);
    expect(summary.guests).toMatchObject({ running: 0, reporting: 0, total: 1 });
    expect(summary.matters).toEqual([]);
  });

  it('calls a full shared storage one matter, and a node that cannot use it another', () => {
    const full = { shared: true, usedBytes: 99, totalBytes: 100 };
    const { matters } = of([storage('a', 'nas', full), storage('b', 'nas', full), storage('c', 'nas', { ...full, status: 'unavailable' })]);
    expect(matters.map(({ ref, severity }) => [ref, severity])).toEqual([
      ['pve:home:storage:a:nas', 'critical'],
      ['pve:home:storage:c:nas', 'warning'],
    ]);
  });

  it('counts shared storage once and local storage of one name on each node', () => {
    const shared = ['a', 'b', 'c'].map((on) => storage(on, 'ceph', { shared: true, usedBytes: 90, totalBytes: 100 }));
    const summary = of([...shared, storage('a', 'local', { usedBytes: 10 }), storage('b', 'local', { usedBytes: 20 })]);
    expect(summary.storage).toMatchObject({ used: 120, of: 300 });
    expect(summary.storages).toEqual({ reporting: 3, total: 3 });
  });

  it('does not count templates as guests', () => {
    expect(of([guest(1), guest(2, { template: true, status: 'stopped' }), guest(3, { status: 'stopped' })]).guests).toEqual({ running: 1, stopped: 1, reporting: 2, total: 2 });
  });

  it('has nothing to remark on a healthy cluster', () => {
    expect(of([cluster(), node('a'), guest(1), guest(2, { status: 'stopped' }), storage('a', 'x')]).matters).toEqual([]);
  });

  it('remarks on what the server warns of in a cluster that is well otherwise', () => {
    const warning = 'pve1’s clock is 1 h 0 min behind Jarvis’s: set it right.';
    expect(of([cluster({ warnings: [] })]).matters).toEqual([]);
    expect(of([cluster({ warnings: [warning] })]).matters).toMatchObject([{ name: 'home', severity: 'warning', reason: warning }]);
    expect(of([cluster({ status: 'degraded', reason: 'Not online: pve2.', warnings: [warning] })]).matters).toMatchObject([{ severity: 'warning', reason: `Not online: pve2. ${warning}` }]);
    expect(of([cluster({ status: 'no-quorum', quorate: false, warnings: [warning] })]).matters).toMatchObject([{ severity: 'critical' }]);
  });

  it('calls a node that is off one matter, whatever its cluster and its storages lack by that', () => {
    const off = node('b', { status: 'offline' });
    const lacking = cluster({ status: 'degraded', reason: 'Not online: b.' });
    const said = (...items: Resource[]) => of([node('a'), ...items]).matters.map(({ name, reason }) => [name, reason]);
    expect(said(off, lacking, storage('b', 'local', { status: 'unavailable', node: 'b' }))).toEqual([['b', undefined]]);
    expect(said(off, cluster({ ...lacking, warnings: ['It warns.'] }))).toEqual([['b', undefined], ['home', 'It warns.']]);
    expect(said(off, cluster({ ...lacking, quorate: undefined }))).toEqual([['b', undefined], ['home', 'Not online: b.']]);
    expect(said(off, storage('a', 'local', { status: 'unavailable', node: 'a' }))).toEqual([['b', undefined], ['local', undefined]]);
    expect(said(off, cluster({ ...lacking, ref: 'pve:away:cluster', name: 'away' }))).toEqual([['b', undefined], ['away', 'Not online: b.']]);
  });

  it('puts what is critical before what warns', () => {
    const summary = of([storage('a', 'x', { usedBytes: 90 }), node('b', { status: 'offline' }), cluster({ status: 'no-quorum', quorate: false })]);
    expect(summary.matters.map((matter) => [matter.name, matter.severity])).toEqual([['b', 'critical'], ['home', 'critical'], ['x', 'warning']]);
    expect(summary.quorum.quorate).toBe(false);
  });
});
