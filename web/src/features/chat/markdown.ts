import { inline, type Inline } from './inline';

/** What Markdown can be here. Markup that it holds is text like any other. */
export type Block =
  | { is: 'heading'; level: number; of: Inline[] }
  | { is: 'code'; language: string; text: string }
  | { is: 'rule' }
  | { is: 'quote'; of: Block[] }
  | { is: 'list'; start: number | undefined; items: ListItem[] }
  | { is: 'table'; head: Inline[][]; rows: Inline[][][]; right: boolean[] }
  | { is: 'paragraph'; of: Inline[] };

export interface ListItem {
  /** Undefined where it is no box to be ticked. */
  ticked: boolean | undefined;
  of: Inline[];
  below: Block[];
}

const fence = /^ {0,3}(`{3,}|~{3,})[ \t]*([^`\s]*)[^`]*$/;
const DEEPEST = 4;
const MOST_ROWS = 300;
const MOST_COLUMNS = 20;

function closes(line: string, open: string): boolean {
  const mark = line.trim();
  return mark.length >= open.length && mark === open.charAt(0).repeat(mark.length);
}

/**
 * Cuts words that still come into blocks: what an empty line or a closed fence ended is complete and does not change any more;
 * what comes after it is live.
 */
export function cutBlocks(text: string): { complete: string[]; live: string } {
  const complete: string[] = [];
  let block: string[] = [];
  let open: string | undefined;
  const end = () => {
    if (block.length > 0) complete.push(block.join('\n'));
    block = [];
  };
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  for (const line of lines) {
    if (open !== undefined) {
      block.push(line);
      if (!closes(line, open)) continue;
      open = undefined;
      end();
      continue;
    }
    const begun = fence.exec(line)?.[1];
    if (begun !== undefined) {
      end();
      open = begun;
      block.push(line);
    } else if (line.trim() === '') end();
    else block.push(line);
  }
  return { complete, live: [...block, last].join('\n') };
}

/** The blocks of words that are whole. */
export function blocksOf(text: string): string[] {
  const { complete, live } = cutBlocks(text);
  return live.trim() === '' ? complete : [...complete, live];
}

const heading = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const rule = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/;
const quote = /^ {0,3}> ?/;
const item = /^( {0,6})(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;
const divider = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

/** Parses one block; it may turn out to be several, since a heading needs no empty line after it. */
export function parse(source: string, depth = 0): Block[] {
  const lines = source.split('\n');
  const begun = fence.exec(lines[0] ?? '');
  if (begun) {
    const ended = lines.length > 1 && closes(lines.at(-1) ?? '', begun[1] ?? '');
    return [{ is: 'code', language: begun[2] ?? '', text: lines.slice(1, ended ? -1 : undefined).join('\n') }];
  }
  const blocks: Block[] = [];
  let words: string[] = [];
  const end = () => {
    if (words.length > 0) blocks.push({ is: 'paragraph', of: inline(words.join('\n')) });
    words = [];
  };
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const taken = lead(lines, at, depth, words.length > 0);
    if (taken) {
      end();
      blocks.push(taken.block);
      at = taken.next;
    } else {
      if (line.trim() !== '') words.push(line.trim());
      at += 1;
    }
  }
  end();
  return blocks;
}

/** What begins at this line, if it is anything but a paragraph. */
function lead(lines: readonly string[], at: number, depth: number, within: boolean): { block: Block; next: number } | undefined {
  const line = lines[at] ?? '';
  const head = heading.exec(line);
  if (head) return { block: { is: 'heading', level: (head[1] ?? '').length, of: inline(head[2] ?? '') }, next: at + 1 };
  if (rule.test(line)) return { block: { is: 'rule' }, next: at + 1 };
  if (depth < DEEPEST && quote.test(line)) {
    const next = until(lines, at, (one) => quote.test(one));
    return { block: { is: 'quote', of: parse(lines.slice(at, next).map((one) => one.replace(quote, '')).join('\n'), depth + 1) }, next };
  }
  if (line.includes('|') && divider.test(lines[at + 1] ?? '') && (lines[at + 1] ?? '').includes('-')) return table(lines, at);
  const first = item.exec(line);
  // A year at the beginning of a line is no list.
  if (first && depth < DEEPEST && (!within || first[2] === undefined || first[2] === '1')) return list(lines, at, depth);
  return undefined;
}

function until(lines: readonly string[], from: number, holds: (line: string) => boolean): number {
  let next = from;
  while (next < lines.length && holds(lines[next] ?? '')) next += 1;
  return next;
}

function cells(line: string): string[] {
  const text = line.trim().replace(/^\|/, '').replace(/(?<!\\)\|$/, '');
  return text.split(/(?<!\\)\|/).slice(0, MOST_COLUMNS).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function table(lines: readonly string[], at: number): { block: Block; next: number } {
  const head = cells(lines[at] ?? '');
  const next = until(lines, at + 2, (line) => line.includes('|'));
  const rows = lines.slice(at + 2, Math.min(next, at + 2 + MOST_ROWS)).map((line) => cells(line));
  return {
    block: { is: 'table', head: head.map((cell) => inline(cell)), rows: rows.map((row) => head.map((_, n) => inline(row[n] ?? ''))), right: cells(lines[at + 1] ?? '').map((cell) => cell.endsWith(':')) },
    next,
  };
}

function list(lines: readonly string[], at: number, depth: number): { block: Block; next: number } {
  const [, indent = '', number] = item.exec(lines[at] ?? '') ?? [];
  const items: ListItem[] = [];
  let next = at;
  while (next < lines.length) {
    const begun = item.exec(lines[next] ?? '');
    if (!begun || (begun[1] ?? '').length > indent.length + 1 || (begun[2] === undefined) !== (number === undefined)) break;
    // What is deeper belongs to it.
    const end = until(lines, next + 1, (line) => /^ {2,}\S/.test(line.slice(indent.length)) || (line.trim() !== '' && !item.test(line) && !heading.test(line) && !rule.test(line)));
    const rest = lines.slice(next + 1, end);
    const deeper = rest.findIndex((line) => item.test(line));
    const own = (deeper === -1 ? rest : rest.slice(0, deeper)).map((line) => line.trim());
    const below = deeper === -1 ? [] : rest.slice(deeper);
    const box = /^\[([ xX])\]\s+/.exec(begun[3] ?? '');
    const text = [(begun[3] ?? '').slice(box?.[0].length ?? 0), ...own].join('\n');
    const margin = /^ */.exec(below[0] ?? '')?.[0].length ?? 0;
    items.push({ ticked: box ? box[1] !== ' ' : undefined, of: inline(text), below: below.length === 0 ? [] : parse(below.map((line) => line.slice(Math.min(margin, /^ */.exec(line)?.[0].length ?? 0))).join('\n'), depth + 1) });
    next = end;
  }
  return { block: { is: 'list', start: number === undefined ? undefined : Number(number), items }, next };
}
