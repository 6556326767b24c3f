/** What stands within a line. There is no node for markup: what is none of these is text. */
export type Inline =
  | string
  | { is: 'code'; text: string }
  | { is: 'strong' | 'em' | 'del'; of: Inline[] }
  | { is: 'link'; href: string; of: Inline[] }
  | { is: 'picture'; alt: string };

/** Deeper is read as text, and so is a paragraph that nobody would write. */
const DEEPEST = 6;
const LONGEST = 20_000;
const LONGEST_LABEL = 1_000;
const LONGEST_ADDRESS = 2_000;

/** Where a link leads, spelled out; undefined for everything that is neither the web nor mail. */
export function addressOf(raw: string): string | undefined {
  try {
    const url = new URL(raw.trim());
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

const bare = /https?:\/\/[^\s<>"'`|\\^{}]+/y;
const isWord = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}]/u.test(character);
const isSpace = (character: string | undefined): boolean => character === undefined || /\s/.test(character);

/** Trailing punctuation belongs to the sentence, a closing bracket to the one that opened before the address. */
function trimmed(address: string): string {
  let end = address.length;
  while (end > 0 && /[.,;:!?)\]*_~]/.test(address.charAt(end - 1))) {
    if (address.charAt(end - 1) === ')' && address.slice(0, end).split('(').length >= address.slice(0, end).split(')').length) break;
    end -= 1;
  }
  return address.slice(0, end);
}

/** Reads the words of one block, in a time that grows with their number, whoever wrote them. */
export function inline(text: string, depth = 0): Inline[] {
  if (depth > DEEPEST || text.length > LONGEST) return text === '' ? [] : [text];
  return new Reader(text, depth).read();
}

class Reader {
  private readonly out: Inline[] = [];
  private plain = '';
  private at = 0;
  /** Where each mark is found next, from wherever it was looked for last: nothing is read over and over. */
  private readonly next = new Map<string, number>();

  constructor(
    private readonly text: string,
    private readonly depth: number,
  ) {}

  read(): Inline[] {
    while (this.at < this.text.length) {
      if (!this.escape() && !this.code() && !this.emphasis() && !this.picture() && !this.link() && !this.address()) {
        this.plain += this.text.charAt(this.at);
        this.at += 1;
      }
    }
    this.push();
    return this.out;
  }

  private push(node?: Inline): void {
    if (this.plain !== '') this.out.push(this.plain);
    this.plain = '';
    if (node !== undefined) this.out.push(node);
  }

  private find(what: string, from: number): number {
    const known = this.next.get(what);
    if (known !== undefined && (known === -1 || known >= from)) return known;
    const found = this.text.indexOf(what, from);
    this.next.set(what, found);
    return found;
  }

  private escape(): boolean {
    const next = this.text.charAt(this.at + 1);
    if (this.text.charAt(this.at) !== '\\' || !/[!-/:-@[-`{-~]/.test(next)) return false;
    this.plain += next;
    this.at += 2;
    return true;
  }

  private code(): boolean {
    if (this.text.charAt(this.at) !== '`') return false;
    let run = 1;
    while (this.text.charAt(this.at + run) === '`') run += 1;
    const ticks = '`'.repeat(run);
    const end = this.find(ticks, this.at + run);
    if (end === -1) {
      this.plain += ticks;
      this.at += run;
      return true;
    }
    this.push({ is: 'code', text: this.text.slice(this.at + run, end).replace(/^ (.+) $/, '$1') });
    this.at = end + run;
    return true;
  }

  private emphasis(): boolean {
    for (const [mark, is] of [['**', 'strong'], ['__', 'strong'], ['~~', 'del'], ['*', 'em'], ['_', 'em']] as const) {
      if (!this.text.startsWith(mark, this.at)) continue;
      const from = this.at + mark.length;
      if (isSpace(this.text[from]) || (mark.startsWith('_') && isWord(this.text[this.at - 1]))) continue;
      const end = this.closing(mark, from);
      if (end === -1) continue;
      this.push({ is, of: inline(this.text.slice(from, end), this.depth + 1) });
      this.at = end + mark.length;
      return true;
    }
    return false;
  }

  private closing(mark: string, from: number): number {
    let end = this.find(mark, from);
    // Of three marks the last two are the double one.
    if (mark.length === 2 && end > from && this.text.charAt(end + 2) === mark.charAt(0)) end += 1;
    if (end <= from || isSpace(this.text[end - 1])) return -1;
    if (mark.startsWith('_') && isWord(this.text[end + mark.length])) return -1;
    // The end of a single mark is no half of a double one.
    return mark.length === 1 && this.text.charAt(end + 1) === mark ? -1 : end;
  }

  /** `[label](address)` from here on. */
  private bracketed(from: number): { label: string; address: string; end: number } | undefined {
    const close = this.find('](', from);
    if (close === -1 || close - from > LONGEST_LABEL) return undefined;
    const end = this.closed(close + 2);
    if (end === -1) return undefined;
    const label = this.text.slice(from + 1, close);
    return label.includes('\n\n') ? undefined : { label, address: this.text.slice(close + 2, end).trim().split(/\s/)[0] ?? '', end: end + 1 };
  }

  /** The bracket that ends an address, in which others may open and close. */
  private closed(from: number): number {
    let open = 1;
    for (let end = this.find(')', from) === -1 ? this.text.length : from; end < this.text.length && end - from < LONGEST_ADDRESS; end++) {
      const character = this.text.charAt(end);
      if (character === '(') open += 1;
      else if (character === ')' && --open === 0) return end;
      else if (character === '\n') return -1;
    }
    return -1;
  }

  private picture(): boolean {
    const found = this.text.startsWith('![', this.at) ? this.bracketed(this.at + 1) : undefined;
    if (!found) return false;
    // It is not fetched: an address alone can carry away what stands in it.
    this.push({ is: 'picture', alt: found.label });
    this.at = found.end;
    return true;
  }

  private link(): boolean {
    const found = this.text.charAt(this.at) === '[' ? this.bracketed(this.at) : undefined;
    if (!found || found.label.includes('[')) return false;
    const href = addressOf(found.address.replace(/^<|>$/g, ''));
    this.push();
    if (href === undefined) this.out.push(...inline(found.label, this.depth + 1));
    else this.out.push({ is: 'link', href, of: inline(found.label, DEEPEST) });
    this.at = found.end;
    return true;
  }

  private address(): boolean {
    if (this.text.charAt(this.at) !== 'h' || isWord(this.text[this.at - 1])) return false;
    bare.lastIndex = this.at;
    const raw = trimmed(bare.exec(this.text)?.[0] ?? '');
    const href = raw.length > LONGEST_ADDRESS ? undefined : addressOf(raw);
    if (href === undefined) return false;
    this.push({ is: 'link', href, of: [raw] });
    this.at += raw.length;
    return true;
  }
}
