import { create } from 'zustand';
import { action as actionSchema, type Action, type StreamEvent } from '../transport/wire';

/** One line of the activity list: an action through its whole life, or a single event. */
export type ActivityEntry =
  | { key: string; at: number; kind: 'action'; actionId: string }
  | { key: string; at: number; kind: 'event'; event: StreamEvent };

export const MOST_ENTRIES = 1_000;

export interface ActivityState {
  actions: ReadonlyMap<string, Action>;
  /** Newest first. */
  entries: readonly ActivityEntry[];
  noteAction: (action: Action) => void;
  noteEvent: (event: StreamEvent) => void;
  noteHistory: (actions: readonly Action[]) => void;
  reset: () => void;
}

/** Told of elsewhere: a problem's card shows how it stands, and what was tried is an action of its own. */
const elsewhere = new Set(['problem.changed', 'problem.attempted']);

const ended = new Set(['REFUSED', 'SUCCEEDED', 'FAILED', 'REJECTED', 'EXPIRED', 'CANCELLED', 'UNKNOWN']);

export function hasEnded(action: Pick<Action, 'state'>): boolean {
  return ended.has(action.state);
}

/** The whole action that an `action.*` or `approval.decided` event carries. */
export function actionOf(event: StreamEvent): Action | undefined {
  if (!event.type.startsWith('action.') && !event.type.startsWith('approval.')) return undefined;
  const data = event.data as { action?: unknown } | null | undefined;
  const parsed = actionSchema.safeParse(data?.action ?? data);
  return parsed.success && parsed.data.id ? parsed.data : undefined;
}

const stage = (action: Action): number => (hasEnded(action) ? 2 : action.state === 'RUNNING' ? 1 : 0);

/** A reply and an event may cross on the way: what ended stays ended, and a longer log is the later one. */
export function later(known: Action | undefined, told: Action): Action {
  if (!known) return told;
  if (stage(told) !== stage(known)) return stage(told) > stage(known) ? told : known;
  return (told.log?.length ?? 0) >= (known.log?.length ?? 0) ? told : known;
}

function instant(text: string | null | undefined): number {
  const ms = text ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? 0 : ms;
}

function inserted(entries: readonly ActivityEntry[], entry: ActivityEntry): ActivityEntry[] {
  const at = entries.findIndex((other) => other.at <= entry.at);
  const place = at === -1 ? entries.length : at;
  return [...entries.slice(0, place), entry, ...entries.slice(place)];
}

function bounded(entries: readonly ActivityEntry[], actions: Map<string, Action>): readonly ActivityEntry[] {
  if (entries.length <= MOST_ENTRIES) return entries;
  for (const entry of entries.slice(MOST_ENTRIES)) if (entry.kind === 'action') actions.delete(entry.actionId);
  return entries.slice(0, MOST_ENTRIES);
}

function withAction(state: Pick<ActivityState, 'actions' | 'entries'>, told: Action): Pick<ActivityState, 'actions' | 'entries'> {
  const id = told.id;
  if (!id) return state;
  const known = state.actions.get(id);
  const actions = new Map(state.actions).set(id, later(known, told));
  if (known) return { actions, entries: state.entries };
  const entry: ActivityEntry = { key: `action ${id}`, at: instant(told.requestedAt), kind: 'action', actionId: id };
  return { actions, entries: bounded(inserted(state.entries, entry), actions) };
}

export const useActivityStore = create<ActivityState>()((set, get) => ({
  actions: new Map(),
  entries: [],
  noteAction: (action) => set(withAction(get(), action)),
  noteEvent: (event) => {
    const carried = actionOf(event);
    if (carried) {
      set(withAction(get(), carried));
      return;
    }
    if (elsewhere.has(event.type)) return;
    const key = `event ${String(event.seq)}`;
    if (get().entries.some((entry) => entry.key === key)) return;
    const actions = new Map(get().actions);
    const entry: ActivityEntry = { key, at: instant(event.at), kind: 'event', event };
    set({ actions, entries: bounded(inserted(get().entries, entry), actions) });
  },
  noteHistory: (history) => {
    let state: Pick<ActivityState, 'actions' | 'entries'> = get();
    for (const action of history) state = withAction(state, action);
    set(state);
  },
  reset: () => set({ actions: new Map(), entries: [] }),
}));
