import { describe, expect, it } from 'vitest';
import type { Summary } from '../../stores/summary';
import { checksOf, type BootInput } from './checks';

const total = { used: 1, of: 2, share: 0.5 };
const summary: Summary = {
  cpu: total, memory: total, cache: undefined, storage: total, nodes: { reporting: 4, total: 4 }, guests: { running: 10, stopped: 2, reporting: 12, total: 12 },
  storages: { reporting: 2, total: 2 }, quorum: { votes: 4, expected: 4, quorate: true, clusters: 1 }, stale: 0, silent: [], matters: [],
};
const nothing: BootInput = { health: undefined, live: false, down: false, loaded: false, clusters: 0, summary, problems: { list: 'unknown', open: 0, why: undefined }, guardrails: undefined };
const all: BootInput = { ...nothing, health: { status: 'UP', version: '1.2.0', setupRequired: false }, live: true, loaded: true, clusters: 1, problems: { list: 'known', open: 0, why: undefined }, guardrails: { halted: false, autonomy: 'ask' } };
const bad = (input: BootInput) => checksOf(input).filter(({ state }) => state === 'bad').map(({ name, text }) => `${name}: ${text}`);

describe('the checks of the first seconds', () => {
  it('claim nothing before anything answered', () => {
    expect(new Set(checksOf(nothing).map(({ state }) => state))).toEqual(new Set(['pending']));
  });
  it('tell the counts that came', () => {
    expect(bad(all)).toEqual([]);
    expect(checksOf(all).map(({ text }) => text)).toEqual(['Jarvis 1.2.0, up', 'connected', '1 cluster, 4 of 4 votes', '4 of 4 report', '10 of 12 run', '2 of 2 report', 'none open', 'autonomy: ask']);
  });
  it('tell what really failed', () => {
    expect(bad({ ...all, live: false, down: true })).toEqual(['Live line: no line']);
    expect(bad({ ...all, summary: { ...summary, nodes: { reporting: 3, total: 4 } } })).toEqual(['Nodes: 3 of 4 report']);
    expect(bad({ ...all, problems: { list: 'failed', open: 0, why: 'The disk is full.' }, guardrails: { halted: true, autonomy: 'act' } })).toEqual(['Problems: The disk is full.', 'Guardrails: halted']);
    expect(bad({ ...all, clusters: 0 })).toEqual(['Clusters: none connected']);
  });
});
