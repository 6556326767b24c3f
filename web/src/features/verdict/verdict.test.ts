import { describe, expect, it } from 'vitest';
import type { Matter, Summary } from '../../stores/summary';
import { knownProblem } from '../../transport/problemWire';
import { verdictOf, type VerdictInput } from './verdict';

const total = { used: 1, of: 2, share: 0.5 };
const healthy: Summary = {
  cpu: total, memory: total, cache: undefined, storage: total, nodes: { reporting: 4, total: 4 }, guests: { running: 11, stopped: 1, reporting: 12, total: 12 },
  storages: { reporting: 2, total: 2 }, quorum: { votes: 4, expected: 4, quorate: true, clusters: 1 }, stale: 0, silent: [], matters: [],
};
const evening = new Date(2026, 10, 22, 19, 30).getTime();
const input = (more: Partial<VerdictInput> = {}): VerdictInput => ({ loaded: true, link: { phase: 'live', since: 0 }, summary: healthy, unexplained: { matters: [], stale: 0 }, problems: [], approvals: 0, clusters: 1, now: evening, ...more });

describe('verdictOf', () => {
  it('is quiet about a healthy cluster', () => {
    expect(verdictOf(input())).toEqual({ head: 'Good evening. 4 nodes and 12 guests report.', detail: 'Nothing is on fire. I checked twice.', wanting: 0 });
  });
  it('says nothing of health while the line is down', () => {
    const { head, detail } = verdictOf(input({ link: { phase: 'waiting', attempt: 1, retryAt: 0, downSince: evening } }));
    expect(head).toBe('The line to Jarvis is down.');
    expect(detail).toContain('19:30');
    expect(verdictOf(input({ link: { phase: 'waiting', attempt: 1, retryAt: 0, downSince: evening } })).wanting).toBeUndefined();
  });
  it('names problems by their own sentence, before what no problem tells of', () => {
    const crashed = knownProblem.parse({ id: 'a', kind: 'guest-crashed', title: 'Guest crashed', severity: 'critical', name: 'media', summary: 'media crashed.', since: '2026-03-01T12:00:00Z' });
    const full: Matter = { ref: 's', name: 'tank', kind: 'storage', severity: 'warning', status: 'available' };
    expect(verdictOf(input({ problems: [crashed], unexplained: { matters: [full], stale: 0 } }))).toEqual({ head: 'Two matters need you now.', detail: 'media crashed. tank is nearly full.', wanting: 2 });
  });
  it('counts what wants the person, stale resources as one matter', () => {
    expect(verdictOf(input({ approvals: 1, unexplained: { matters: [], stale: 5 } }))).toEqual({
      head: 'Good evening. Two matters want you; the rest is in hand.',
      detail: 'One approval is waiting. Five resources have stopped reporting.',
      wanting: 2,
    });
  });
  it('drops the greeting and all wit when something is critical', () => {
    const { head, detail } = verdictOf(input({ unexplained: { matters: [{ ref: 'n', name: 'dune', kind: 'node', severity: 'critical', status: 'offline' }], stale: 0 } }));
    expect(head).toBe('One matter needs you now.');
    expect(detail).toBe('dune is offline.');
  });
  it('lets a reason speak for itself', () => {
    const matters = [{ ref: 'c', name: 'saturn', kind: 'cluster' as const, severity: 'warning' as const, status: 'degraded', reason: 'Not online: mimas.' }];
    expect(verdictOf(input({ unexplained: { matters, stale: 0 } })).detail).toBe('saturn: Not online: mimas.');
  });
  it('names three matters and counts the rest', () => {
    const matters = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ ref: name, name, kind: 'node' as const, severity: 'critical' as const, status: 'offline' }));
    expect(verdictOf(input({ unexplained: { matters, stale: 0 } })).detail).toBe('a is offline. b is offline. c is offline. 2 more.');
  });
  it('explains an empty screen', () => {
    expect(verdictOf(input({ clusters: 0 })).head).toBe('No cluster is connected yet.');
    expect(verdictOf(input({ loaded: false })).head).toBe('Waiting for the first snapshot.');
  });
});
