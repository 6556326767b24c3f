import { beforeEach, describe, expect, it } from 'vitest';
import { knownProblem, type KnownProblem } from '../transport/problemWire';
import { countOf, RESOLVED_STAYS_MS, useProblemsStore, wanting } from './problemsStore';

const store = () => useProblemsStore.getState();
const found = (id: string, changes: Record<string, unknown> = {}): KnownProblem =>
  knownProblem.parse({ id, kind: 'guest-crashed', title: 'Guest crashed', severity: 'warning', name: id, summary: `${id} crashed.`, since: '2026-03-01T12:00:00Z', ...changes });
const ended = { resolvedAt: '2026-03-01T13:00:00Z', resolution: 'It runs again.' };

beforeEach(() => store().reset());

describe('the order of problems', () => {
  it('is the worst first, and the oldest of these first', () => {
    store().replaceAll([found('note', { severity: 'info' }), found('late', { since: '2026-03-01T12:05:00Z' }), found('early'), found('worst', { severity: 'critical', since: '2026-03-01T12:09:00Z' })], 0);
    expect(store().order).toEqual(['worst', 'early', 'late', 'note']);
    expect(countOf(store())).toEqual({ open: 4, worst: 'critical' });
  });

  it('stays the same list while only figures change', () => {
    store().replaceAll([found('a'), found('b')], 0);
    const before = store().order;
    store().noteProblem(found('a', { summary: 'a crashed again.' }), 1_000);
    expect(store().order).toBe(before);
    store().noteProblem(found('b', { severity: 'critical' }), 1_000);
    expect(store().order).toEqual(['b', 'a']);
  });
});

describe('a change', () => {
  it('replaces only the problem that it is about, and that only where it says something new', () => {
    store().replaceAll([found('a'), found('b')], 0);
    const [a, b] = [store().problems.get('a'), store().problems.get('b')];
    store().noteProblem(found('a'), 1_000);
    expect(store().problems.get('a')).toBe(a);
    store().noteProblem(found('a', { returns: 2 }), 1_000);
    expect(store().problems.get('a')).not.toBe(a);
    expect(store().problems.get('b')).toBe(b);
  });

  it('that the list on its way does not know yet is not undone by it', () => {
    store().noteProblem(found('new'), 500);
    store().replaceAll([found('old')], 400);
    expect([...store().problems.keys()].sort()).toEqual(['new', 'old']);
  });

  it('to the end of one is not undone by a list that was asked for before', () => {
    store().replaceAll([found('a')], 0);
    store().noteProblem(found('a', ended), 500);
    store().noteProblem(found('never-seen', ended), 500);
    store().replaceAll([found('a'), found('never-seen')], 400);
    expect(wanting(store())).toEqual([]);
    expect(store().leaving.has('a')).toBe(true);
    expect(store().problems.has('never-seen')).toBe(false);
  });
});

describe('what is resolved', () => {
  it('stays for a while, counted no more, then leaves', () => {
    store().replaceAll([found('a', { ref: 'pve:home:guest:1' })], 0);
    store().noteProblem(found('a', { ref: 'pve:home:guest:1', ...ended }), 5_000);
    expect(countOf(store())).toEqual({ open: 0, worst: undefined });
    expect(store().marks.size).toBe(0);
    store().passTime(5_000 + RESOLVED_STAYS_MS - 1, 0);
    expect(store().order).toEqual(['a']);
    store().passTime(5_000 + RESOLVED_STAYS_MS, 0);
    expect(store().order).toEqual([]);
  });

  it('and was never on the screen is not shown', () => {
    store().noteProblem(found('a', ended), 1_000);
    expect(store().order).toEqual([]);
  });

  it('stays where it comes back meanwhile', () => {
    store().replaceAll([found('a')], 0);
    store().noteProblem(found('a', ended), 1_000);
    store().noteProblem(found('a', { returns: 1 }), 2_000);
    store().passTime(60_000, 0);
    expect(store().order).toEqual(['a']);
  });
});

describe('a silence', () => {
  const silenced = { silenced: true, silence: { by: 'mary', until: '2026-03-01T20:00:00Z' } };

  it('takes a problem out of the count and off its resource, not out of its details', () => {
    store().replaceAll([found('a', { ref: 'pve:home:guest:1', ...silenced })], 0);
    expect(countOf(store()).open).toBe(0);
    expect(store().marks.size).toBe(0);
    expect(store().byRef.get('pve:home:guest:1')).toEqual(['a']);
  });

  it('ends by the clock of the server, without a word of it', () => {
    store().replaceAll([found('a', silenced)], 0);
    store().passTime(0, Date.parse('2026-03-01T19:59:59Z'));
    expect(countOf(store()).open).toBe(0);
    store().passTime(0, Date.parse('2026-03-01T20:00:00Z'));
    expect(countOf(store()).open).toBe(1);
  });
});

describe('what belongs to a resource', () => {
  it('is what is about it, then what it suffers from; only the former marks it', () => {
    const guest = 'pve:home:guest:1', node = 'pve:home:node:a';
    store().replaceAll([found('dead', { severity: 'critical', ref: node, affected: { total: 1, items: [guest] } }), found('full', { ref: guest })], 0);
    expect(store().byRef.get(guest)).toEqual(['full', 'dead']);
    expect(store().marks.get(guest)).toBe('full');
    expect(store().marks.get(node)).toBe('dead');
  });
});

describe('a list that does not come', () => {
  it('leaves what is known', () => {
    store().replaceAll([found('a')], 0);
    store().noteFailure('no line');
    expect(store().list).toBe('known');
    expect(store().order).toEqual(['a']);
    store().reset();
    store().noteFailure('no line');
    expect(store()).toMatchObject({ list: 'failed', why: 'no line' });
  });
});
