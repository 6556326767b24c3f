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

/** Whether the server would take this value for this key of the kind. */
export function isSound(kind: ProblemKind, key: string, text: string): boolean {
  if (key === 'enabled') return text === 'true' || text === 'false';
  if (key === 'after' || key === 'gone') return timeOf(text) !== undefined;
  const found = kind.limits.find(({ name }) => name === key);
  return found !== undefined && fitsLimit(text, found);
}

export function keysOf(kind: ProblemKind): string[] {
  return [...kind.limits.map(({ name }) => name), 'after', 'gone', 'enabled'];
}

/** What is so unless somebody set another, as the file would write it. */
export function usualOf(kind: ProblemKind, key: string): string {
  if (key === 'enabled') return 'true';
  if (key === 'after') return `${String(kind.after)}s`;
  if (key === 'gone') return `${String(kind.clearAfter)}s`;
  return plain(kind.limits.find(({ name }) => name === key)?.value ?? 0);
}

/** What counts now, as it was written where somebody wrote it. */
export function currentOf(kind: ProblemKind, key: string): string {
  if (key === 'enabled') return String(kind.now.enabled);
  const set = kind.settings.find((one) => one.key === key && one.counts);
  if (set !== undefined) return set.value.trim();
  if (key === 'after') return `${String(kind.now.after)}s`;
  if (key === 'gone') return `${String(kind.now.clearAfter)}s`;
  return plain(kind.now.limits[key] ?? 0);
}

/** Whether the file names it, so that nothing else counts. */
export function isInFile(kind: ProblemKind, key: string): boolean {
  return kind.settings.some((one) => one.key === key && one.source === 'file');
}

/** Whether two ways to write a value mean the same. */
function isSame(key: string, one: string, other: string): boolean {
  if (key === 'enabled') return one === other;
  if (key === 'after' || key === 'gone') return timeOf(one) === timeOf(other);
  return Number(one) === Number(other);
}

/** What the server is asked to set; the usual value takes back what a person set. */
export function changesOf(kind: ProblemKind, wish: KindWish): Record<string, string | null> {
  const changes: Record<string, string | null> = {};
  for (const [key, text] of wish) {
    if (isInFile(kind, key) || (isSound(kind, key, text) && isSame(key, text, currentOf(kind, key)))) continue;
    changes[key] = isSound(kind, key, text) && isSame(key, text, usualOf(kind, key)) ? null : text.trim();
  }
  return changes;
}

/** The lines that say in the file what is shown, one for each value that is sound and not the usual one. */
export function linesOf(kind: ProblemKind, wish: KindWish): string {
  return keysOf(kind)
    .map((key) => [key, (wish.get(key) ?? currentOf(kind, key)).trim()] as const)
    .filter(([key, text]) => isSound(kind, key, text) && !isSame(key, text, usualOf(kind, key)))
    .map(([key, text]) => `${kind.id}.${key} = ${text}`)
    .sort()
    .join('\n');
}
