/** What the palette finds: by what it is called, and by what else is known of it. */
export interface Findable {
  label: string;
  /** More words that find it, which count less than its name. */
  more?: string;
}

/** More rows than these are no answer. */
export const MOST_ROWS = 50;

export type Scope = 'all' | 'action' | 'resource' | 'problem' | 'ask';
const scopes: Readonly<Record<string, Scope>> = { '>': 'action', '@': 'resource', '#': 'problem', '?': 'ask' };

/** `@web` looks among resources alone, for "web". */
export function scopeOf(query: string): { scope: Scope; text: string } {
  const scope = scopes[query.charAt(0)];
  return scope === undefined ? { scope: 'all', text: query.trim() } : { scope, text: query.slice(1).trim() };
}

function wordScore(word: string, label: string, more: string): number {
  if (label === word) return 100;
  if (label.startsWith(word)) return 60;
  const at = label.indexOf(word);
  if (at > 0) return /[a-z0-9]/.test(label.charAt(at - 1)) ? 25 : 40;
  if (at === 0) return 60;
  return more.includes(word) ? 10 : 0;
}

/** How well all the words fit; 0 where one does not. */
export function score(query: string, { label, more = '' }: Findable): number {
  const name = label.toLowerCase();
  const rest = more.toLowerCase();
  let sum = 1;
  for (const word of query.toLowerCase().split(/\s+/)) {
    if (word === '') continue;
    const found = wordScore(word, name, rest);
    if (found === 0) return 0;
    sum += found;
  }
  // Of two that fit alike, the shorter is the one that was meant.
  return sum + 1 / (1 + label.length);
}

/** The best few, as they came where they fit alike. */
export function best<T extends Findable>(entries: Iterable<T>, query: string, most = MOST_ROWS): T[] {
  const found: { entry: T; points: number }[] = [];
  for (const entry of entries) {
    const points = query === '' ? 1 : score(query, entry);
    if (points > 0) found.push({ entry, points });
    if (query === '' && found.length === most) break;
  }
  return found
    .sort((a, b) => b.points - a.points)
    .slice(0, most)
    .map(({ entry }) => entry);
}
