/** How long a click takes something back at once; afterwards it is asked once more. */
export const UNDO_WINDOW_MS = 30_000;

/** Time that stands still while somebody holds it. */
export interface Hold {
  /** Since when it is held. */
  since: number | undefined;
  /** How long it was held before. */
  total: number;
}

export const notHeld: Hold = { since: undefined, total: 0 };

export function held(hold: Hold, now: number): Hold {
  return hold.since === undefined ? { ...hold, since: now } : hold;
}

export function released(hold: Hold, now: number): Hold {
  return hold.since === undefined ? hold : { since: undefined, total: hold.total + Math.max(0, now - hold.since) };
}

/** Whole seconds that are left; 0 when it is over, or when nobody knows when the action ended. */
export function secondsLeft(endedAt: number, hold: Hold, now: number): number {
  const at = hold.since ?? now;
  const left = UNDO_WINDOW_MS - (at - endedAt - hold.total);
  return Number.isNaN(left) ? 0 : Math.min(UNDO_WINDOW_MS / 1_000, Math.max(0, Math.ceil(left / 1_000)));
}
