import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast, modes, tokensCss } from './tokens';

describe('tokens', () => {
  it('are what the stylesheet declares', () => {
    expect(readFileSync('src/design/tokens.css', 'utf8')).toBe(tokensCss(modes));
  });

  for (const [mode, tokens] of Object.entries(modes)) {
    const surfaces = [tokens.bg, tokens.panel, tokens.raised, tokens.hover];
    it(`${mode}: text reaches 4.5 on every surface`, () => {
      for (const name of ['text', 'text2', 'text3', 'accent', 'accentHi', 'crit', 'warn', 'info', 'stale'] as const) {
        for (const surface of surfaces) {
          expect(contrast(tokens[name], surface), `${name} on ${surface}`).toBeGreaterThanOrEqual(4.5);
        }
      }
    });
    it(`${mode}: control edges and focus reach 3 on every surface`, () => {
      for (const name of ['edge', 'focus'] as const) {
        for (const surface of surfaces) {
          expect(contrast(tokens[name], surface), `${name} on ${surface}`).toBeGreaterThanOrEqual(3);
        }
      }
    });
    it(`${mode}: ink on a filled plate reaches 4.5, and no token is green`, () => {
      expect(contrast(tokens.bg, tokens.crit)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(tokens.bg, tokens.warn)).toBeGreaterThanOrEqual(4.5);
      for (const [name, value] of Object.entries(tokens)) {
        const hex = String(value);
        const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
        expect(green > red * 1.1 && green > blue * 1.1, `${name} ${hex} looks green`).toBe(false);
      }
    });
  }
});
