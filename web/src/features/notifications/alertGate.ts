/** What was told already, what waits to be told, and when somebody was last disturbed. */
export interface AlertState {
  /** Undefined until the first list: what was there before somebody looked is not new. */
  known: ReadonlySet<string> | undefined;
  pending: ReadonlySet<string>;
  lastAt: number | undefined;
}

export const silent: AlertState = { known: undefined, pending: new Set(), lastAt: undefined };

/** Nobody is disturbed more often than this, whatever breaks. */
export const ALERT_EVERY_MS = 60_000;

/**
 * Which of the present critical problems to tell of now: each once, together where several came within a minute, and in quiet
 * hours none; what is still there when they end is told then.
 */
export function alertOf(state: AlertState, critical: readonly string[], now: number, quiet: boolean): { state: AlertState; tell: readonly string[] } {
  if (state.known === undefined) return { state: { ...state, known: new Set(critical) }, tell: [] };
  const known = new Set(state.known);
  const pending = new Set([...state.pending].filter((id) => critical.includes(id)));
  for (const id of critical) {
    if (!known.has(id)) pending.add(id);
    known.add(id);
  }
  const early = state.lastAt !== undefined && now - state.lastAt < ALERT_EVERY_MS;
  if (pending.size === 0 || quiet || early) return { state: { known, pending, lastAt: state.lastAt }, tell: [] };
  return { state: { known, pending: new Set(), lastAt: now }, tell: [...pending] };
}

/** Hours of the day as "22:00"; where the end lies before the beginning they go over midnight. */
export interface QuietHours {
  on: boolean;
  from: string;
  to: string;
}

const minutes = (clock: string): number => {
  const [hours = 0, rest = 0] = clock.split(':').map(Number);
  return hours * 60 + rest;
};

export function isQuiet({ on, from, to }: QuietHours, at: Date): boolean {
  if (!on) return false;
  const now = at.getHours() * 60 + at.getMinutes();
  const [start, end] = [minutes(from), minutes(to)];
  return start <= end ? now >= start && now < end : now >= start || now < end;
}
