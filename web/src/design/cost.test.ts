import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const sheets = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css'));
const cheap = new Set(['transform', 'opacity', 'background-color']);

/** What a page that is open all day on a small machine cannot afford. */
describe.each(sheets)('%s', (name) => {
  const css = readFileSync(`src/${name}`, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');

  it('uses no filter or blend that repaints what lies beneath', () => {
    expect(css).not.toMatch(/backdrop-filter|mix-blend-mode|[\s;]filter\s*:/);
  });

  it('moves only what the compositor can move', () => {
    const moved = [...css.matchAll(/transition\s*:\s*([^;]+);/g)].flatMap(([, value = '']) => value.split(',').map((part) => part.trim().split(/\s+/)[0] ?? '').filter((word) => /^[a-z-]+$/.test(word)));
    expect(moved.filter((property) => !cheap.has(property))).toEqual([]);
    for (const [, frames = ''] of css.matchAll(/@keyframes[^{]+\{([\s\S]*?\})\s*\}/g)) {
      const animated = [...frames.matchAll(/([a-z-]+)\s*:/g)].map(([, property = '']) => property);
      expect(animated.filter((property) => !cheap.has(property))).toEqual([]);
    }
  });
});
