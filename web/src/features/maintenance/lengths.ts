/** How long work on a node usually takes. */
export const workLengths = ['hour', 'shift', 'day', 'tomorrow', 'week'] as const;
export type WorkLength = (typeof workLengths)[number];

const HOUR_MS = 3_600_000;
/** When people look at what was left for tomorrow, by their own clock. */
const MORNING = 8;

/** When work that begins now ends. */
export function workEnd(length: WorkLength, now: number): number {
  const at = new Date(now);
  switch (length) {
    case 'hour':
      return now + HOUR_MS;
    case 'shift':
      return now + 4 * HOUR_MS;
    case 'day':
      return now + 8 * HOUR_MS;
    case 'tomorrow':
      return new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1, MORNING).getTime();
    case 'week':
      return now + 7 * 24 * HOUR_MS;
  }
}
