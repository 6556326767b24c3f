import { words } from '../copy/words';
import { useConnectionStore } from '../stores/connectionStore';
import { useProblemsStore } from '../stores/problemsStore';
import { ApiError } from '../transport/api';
import { knownProblem, problemData, problemReply, type KnownProblem } from '../transport/problemWire';
import { listOf, type StreamEvent } from '../transport/wire';
import { Coalesced } from './coalesced';
import { api } from './server';

const PAGE = 500;
/** More problems than a person will ever look at; whoever has them has one problem. */
const MOST_PAGES = 4;

const list = new Coalesced(async () => {
  const askedAt = Date.now();
  try {
    const told: KnownProblem[] = [];
    let cursor: string | null | undefined;
    for (let page = 0; page < MOST_PAGES && (page === 0 || cursor); page++) {
      const more: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
      const { items, next } = await api.get(`api/problems?limit=${String(PAGE)}${more}`, listOf(knownProblem));
      told.push(...items);
      cursor = next;
    }
    useProblemsStore.getState().replaceAll(told, askedAt);
  } catch (error) {
    useProblemsStore.getState().noteFailure(error instanceof ApiError ? error.message : words.session.unreachable);
  }
});

/** Asks for all open problems anew; a burst asks at most twice. */
export function loadProblems(): Promise<void> {
  return list.run();
}

/** An event tells of one problem as a whole; one that cannot be read has the list asked for. */
export function noteProblemEvent(event: StreamEvent, now: number): void {
  if (event.type.startsWith('maintenance.')) void loadProblems();
  if (!event.type.startsWith('problem.')) return;
  const told = problemData.safeParse(event.data);
  if (told.success) useProblemsStore.getState().noteProblem(told.data.problem, now);
  else void loadProblems();
}

async function tend(id: string, verb: 'acknowledge' | 'silence' | 'notes', body: object): Promise<void> {
  const told = await api.post(`api/problems/${encodeURIComponent(id)}/${verb}`, body, problemReply);
  if (told) useProblemsStore.getState().noteProblem(told, Date.now());
}

export function acknowledge(id: string): Promise<void> {
  return tend(id, 'acknowledge', {});
}

/** `until` is a moment by the server's clock; one that is past ends a silence. */
export function silence(id: string, until: number): Promise<void> {
  return tend(id, 'silence', { until: new Date(until).toISOString() });
}

export function addNote(id: string, text: string): Promise<void> {
  return tend(id, 'notes', { text });
}

/** Now, as far as the server's clock is known. */
export function serverNow(): number {
  return Date.now() + useConnectionStore.getState().offset;
}
