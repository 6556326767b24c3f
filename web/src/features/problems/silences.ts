/** How long somebody may want to hear nothing of a problem. */
export const silenceLengths = ['hour', 'shift', 'tomorrow', 'week'] as const;
export type SilenceLength = (typeof silenceLengths)[number];

const HOUR_MS = 3_600_000;
/** When people look at what was left for tomorrow, by their own clock. */
const MORNING = 8;

function tomorrowMorning(now: number): number {
  const at = new Date(now);
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1, MORNING).getTime();
}

/** When a silence that begins now ends. */
export function silenceEnd(length: SilenceLength, now: number): number {
  switch (length) {
    case 'hour':
      return now + HOUR_MS;
    case 'shift':
      return now + 8 * HOUR_MS;
    case 'tomorrow':
      return tomorrowMorning(now);
    case 'week':
      return now + 7 * 24 * HOUR_MS;
  }
}
