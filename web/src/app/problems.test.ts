import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useProblemsStore } from '../stores/problemsStore';
import type { StreamEvent } from '../transport/wire';
import { loadProblems, noteProblemEvent } from './problems';

const told = (id: string) => ({ id, kind: 'guest-crashed', title: 'Guest crashed', severity: 'critical', name: id, summary: `${id} crashed.`, since: '2026-03-01T12:00:00Z' });
const event = (type: string, data: unknown): StreamEvent => ({ seq: 1, at: '2026-03-01T12:00:00Z', type, summary: '', data });
let asked: string[] = [];

/** A server whose lists are these, a page at a time. */
function server(...pages: string[][]): void {
  vi.stubGlobal('fetch', (input: string) => {
    asked.push(new URL(input).search);
    const items = (pages[asked.length - 1] ?? []).map(told);
    return Promise.resolve(new Response(JSON.stringify({ items, total: 3, next: asked.length < pages.length ? `c/${String(asked.length)}` : null })));
  });
}

beforeEach(() => {
  asked = [];
  useProblemsStore.getState().reset();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the list', () => {
  it('is fetched to its end', async () => {
    server(['a', 'b'], ['c']);
    await loadProblems();
    expect(asked).toEqual(['?limit=500', '?limit=500&cursor=c%2F1']);
    expect(useProblemsStore.getState().order).toEqual(['a', 'b', 'c']);
  });

  it('says why it did not come', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ code: 'storage-unavailable', detail: 'The disk is full.' }), { status: 503 })));
    await loadProblems();
    expect(useProblemsStore.getState()).toMatchObject({ list: 'failed', why: 'The disk is full.' });
  });
});

describe('an event', () => {
  it('brings its problem with it, without a question', () => {
    server();
    noteProblemEvent(event('problem.raised', { problem: told('a') }), 1);
    expect(useProblemsStore.getState().order).toEqual(['a']);
    expect(asked).toEqual([]);
  });

  it('that does not, has the list fetched; what is about something else does not', async () => {
    server(['a']);
    noteProblemEvent(event('guest.changed', {}), 1);
    expect(asked).toEqual([]);
    noteProblemEvent(event('problem.changed', { problemId: 'a' }), 1);
    await vi.waitFor(() => expect(useProblemsStore.getState().order).toEqual(['a']));
  });
});
