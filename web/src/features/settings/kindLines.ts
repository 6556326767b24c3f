import type { Limit, ProblemKind } from '../../transport/careWire';

const TIME = /^([0-9]{1,9})([smhd]?)$/;
const SECONDS: Record<string, number> = { '': 1, s: 1, m: 60, h: 3_600, d: 86_400 };
const LONGEST_S = 365 * 86_400;
/** As the file takes it: no exponent tricks, no blanks inside. */
const NUMBER = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/;

/** What somebody typed for one kind; what is not in here stays as it is. */
export type KindWish = ReadonlyMap<string, string>;

export function plain(value: number): string {
  return String(value);
}

/** Seconds that the file would read, if it reads any. */
export function timeOf(text: string): number | undefined {
  const [, digits, unit] = TIME.exec(text.trim()) ?? [];
  if (digits === undefined || unit === undefined) return undefined;
  const seconds = Number(digits) * (SECONDS[unit] ?? 1);
  return seconds <= LONGEST_S ? seconds : undefined;
}

export function fitsLimit(text: string, { least, most }: Limit): boolean {
  return NUMBER.test(text.trim()) && Number(text) >= least && Number(text) <= most;
}

/** Whether the file would take this value for this key of the kind. */
export function isSound(kind: ProblemKind, key: string, text: string): boolean {
  if (key === 'enabled') return text === 'true' || text === 'false';
  if (key === 'after' || key === 'gone') return timeOf(text) !== undefined;
  const found = kind.limits.find(({ name }) => name === key);
  return found !== undefined && fitsLimit(text, found);
}

/** Whether a value differs from the usual one. */
export function isChange(kind: ProblemKind, key: string, text: string): boolean {
  if (key === 'enabled') return text !== 'true';
  if (key === 'after') return timeOf(text) !== kind.after;
  if (key === 'gone') return timeOf(text) !== kind.clearAfter;
  return Number(text) !== kind.limits.find(({ name }) => name === key)?.value;
}

/** The lines that the file needs, one for each value that is sound and not the usual one. */
export function linesOf(kind: ProblemKind, wish: KindWish): string {
  return [...wish]
    .filter(([key, text]) => isSound(kind, key, text) && isChange(kind, key, text))
    .map(([key, text]) => `${kind.id}.${key} = ${text.trim()}`)
    .sort()
    .join('\n');
}
