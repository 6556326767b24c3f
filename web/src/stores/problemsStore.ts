import { create } from 'zustand';
import { severities, type KnownProblem, type ProblemSeverity } from '../transport/problemWire';

/** How long a card that was resolved stays, ticked, before it leaves. */
export const RESOLVED_STAYS_MS = 10_000;

export interface ProblemsState {
  list: 'unknown' | 'known' | 'failed';
  /** Why the latest list could not be had. */
  why: string | undefined;
  problems: ReadonlyMap<string, KnownProblem>;
  /** The ids, the worst first; changes identity only when one comes, goes or moves. */
  order: readonly string[];
  /** The open problems of each resource: those about it first, then those it suffers from. */
  byRef: ReadonlyMap<string, readonly string[]>;
  /** The worst open problem about each resource that nobody silenced. */
  marks: ReadonlyMap<string, string>;
  /** When each was resolved, on this page's clock, while its card is still there. */
  leaving: ReadonlyMap<string, number>;
  /** `askedAt`: when the list was asked for; what was told since then is newer than the list. */
  replaceAll: (problems: readonly KnownProblem[], askedAt: number) => void;
  noteProblem: (problem: KnownProblem, now: number) => void;
  noteFailure: (why: string) => void;
  /** What was resolved a while ago leaves, and a silence whose time is over ends. `serverNow` is by the server's clock. */
  passTime: (now: number, serverNow: number) => void;
  reset: () => void;
}

export function isOpen(problem: KnownProblem): boolean {
  return !problem.resolvedAt;
}

/** The worst first, and the oldest of these first. */
export function byUrgency(a: KnownProblem, b: KnownProblem): number {
  return severities.indexOf(b.severity) - severities.indexOf(a.severity) || Date.parse(a.since) - Date.parse(b.since) || (a.id < b.id ? -1 : 1);
}

type Derived = Pick<ProblemsState, 'problems' | 'order' | 'byRef' | 'marks'>;

function derived(problems: ReadonlyMap<string, KnownProblem>, before: readonly string[]): Derived {
  const sorted = [...problems.values()].sort(byUrgency);
  const order = sorted.map(({ id }) => id);
  const about = new Map<string, string[]>();
  const marks = new Map<string, string>();
  const add = (ref: string, id: string) => {
    const known = about.get(ref);
    if (!known) about.set(ref, [id]);
    else if (!known.includes(id)) known.push(id);
  };
  const open = sorted.filter(isOpen);
  for (const { id, ref, silenced } of open) {
    if (!ref) continue;
    add(ref, id);
    if (!silenced && !marks.has(ref)) marks.set(ref, id);
  }
  for (const { id, affected } of open) for (const ref of affected.items) add(ref, id);
  return { problems, order: order.length === before.length && order.every((id, at) => id === before[at]) ? before : order, byRef: about, marks };
}

/** The one object for as long as nothing about it changes, so that only what changed is drawn again. */
function kept(known: KnownProblem | undefined, told: KnownProblem): KnownProblem {
  return known && JSON.stringify(known) === JSON.stringify(told) ? known : told;
}

/** When each was told of last; outside of the store, since nothing is drawn by it. */
const toldAt = new Map<string, number>();
/** No list is on its way for longer than this. */
const TOLD_KEPT_MS = 60_000;

const nothing = (): Pick<ProblemsState, 'list' | 'why' | 'problems' | 'order' | 'byRef' | 'marks' | 'leaving'> => ({
  list: 'unknown',
  why: undefined,
  problems: new Map(),
  order: [],
  byRef: new Map(),
  marks: new Map(),
  leaving: new Map(),
});

export const useProblemsStore = create<ProblemsState>()((set, get) => ({
  ...nothing(),
  replaceAll: (told, askedAt) => {
    const before = get();
    const newer = (id: string) => (toldAt.get(id) ?? -1) >= askedAt;
    const problems = new Map<string, KnownProblem>();
    for (const problem of told) {
      const known = before.problems.get(problem.id);
      if (newer(problem.id)) {
        if (known) problems.set(known.id, known);
      } else if (isOpen(problem)) problems.set(problem.id, kept(known, problem));
    }
    for (const [id, problem] of before.problems) if (newer(id) || before.leaving.has(id)) problems.set(id, problem);
    const leaving = new Map([...before.leaving].filter(([id]) => problems.get(id)?.resolvedAt));
    set({ list: 'known', why: undefined, leaving, ...derived(problems, before.order) });
  },
  noteProblem: (told, now) => {
    toldAt.set(told.id, now);
    const { problems: before, leaving: leavingBefore, order } = get();
    const known = before.get(told.id);
    // What this page never showed need not be shown as resolved.
    if (!known && !isOpen(told)) return;
    const problem = kept(known, told);
    if (problem === known) return;
    const leaving = new Map(leavingBefore);
    if (isOpen(problem)) leaving.delete(problem.id);
    else leaving.set(problem.id, leaving.get(problem.id) ?? now);
    set({ leaving, ...derived(new Map(before).set(problem.id, problem), order) });
  },
  noteFailure: (why) => set({ list: get().list === 'known' ? 'known' : 'failed', why }),
  passTime: (now, serverNow) => {
    for (const [id, at] of toldAt) if (now - at > TOLD_KEPT_MS) toldAt.delete(id);
    const state = get();
    const gone = [...state.leaving].filter(([, since]) => now - since >= RESOLVED_STAYS_MS).map(([id]) => id);
    const heard = [...state.problems.values()].filter(({ silenced, silence }) => silenced && silence && Date.parse(silence.until) <= serverNow);
    if (gone.length === 0 && heard.length === 0) return;
    const problems = new Map(state.problems), leaving = new Map(state.leaving);
    for (const problem of heard) problems.set(problem.id, { ...problem, silenced: false, silence: undefined });
    for (const id of gone) {
      problems.delete(id);
      leaving.delete(id);
    }
    set({ leaving, ...derived(problems, state.order) });
  },
  reset: () => {
    toldAt.clear();
    set(nothing());
  },
}));

/** What wants somebody: open, and not silenced. */
export function wanting({ order, problems }: Pick<ProblemsState, 'order' | 'problems'>): KnownProblem[] {
  return order.flatMap((id) => {
    const problem = problems.get(id);
    return problem && isOpen(problem) && !problem.silenced ? [problem] : [];
  });
}

export interface ProblemCount {
  open: number;
  worst: ProblemSeverity | undefined;
}

/** How many want somebody and how bad the worst of them is. */
export function countOf(state: Pick<ProblemsState, 'order' | 'problems'>): ProblemCount {
  const all = wanting(state);
  return { open: all.length, worst: all[0]?.severity };
}

export function useProblemCount(): ProblemCount {
  const code = useProblemsStore((state) => {
    const { open, worst } = countOf(state);
    return `${String(open)} ${worst ?? ''}`;
  });
  const [open = '0', worst = ''] = code.split(' ');
  return { open: Number(open), worst: severities.find((severity) => severity === worst) };
}

/** The worst problem about a resource that wants somebody. */
export function useMark(ref: string): KnownProblem | undefined {
  return useProblemsStore((state) => {
    const id = state.marks.get(ref);
    return id === undefined ? undefined : state.problems.get(id);
  });
}
