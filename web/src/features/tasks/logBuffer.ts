/** More lines than this are not kept; the end is what matters. */
export const MOST_LINES = 5_000;

/** What is known of a log: its lines from `first` on, as many as are kept. */
export interface LogBuffer {
  first: number;
  lines: readonly string[];
}

export const NO_LINES: LogBuffer = { first: 0, lines: [] };

/** The number of the line that is to be asked for next. */
export function nextLine({ first, lines }: LogBuffer): number {
  return first + lines.length;
}

/** With more lines at its end; what is known already, and what would leave a hole, is left out. */
export function appended(buffer: LogBuffer, start: number, more: readonly string[]): LogBuffer {
  const next = nextLine(buffer);
  if (start > next) return buffer;
  const fresh = more.slice(next - start);
  if (fresh.length === 0) return buffer;
  const lines = [...buffer.lines, ...fresh];
  const dropped = Math.max(0, lines.length - MOST_LINES);
  return { first: buffer.first + dropped, lines: dropped === 0 ? lines : lines.slice(dropped) };
}

/** Nodes end each log with how the task went. */
export function hasEnded({ lines }: LogBuffer): boolean {
  return /^TASK (OK|ERROR|WARNINGS)\b/.test(lines.at(-1) ?? '');
}

/** Which lines contain a text, whatever its case. */
export function matching({ lines }: LogBuffer, text: string): readonly number[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  return lines.flatMap((line, at) => (line.toLowerCase().includes(wanted) ? [at] : []));
}

/** A line in pieces, of which every second is a match. */
export function split(line: string, text: string): readonly string[] {
  const wanted = text.trim().toLowerCase();
  const lower = line.toLowerCase();
  // Where lower case is longer than what it came from, places do not agree.
  if (wanted === '' || lower.length !== line.length) return [line];
  const pieces: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, from)) {
    pieces.push(line.slice(from, at), line.slice(at, at + wanted.length));
    from = at + wanted.length;
  }
  return [...pieces, line.slice(from)];
}
