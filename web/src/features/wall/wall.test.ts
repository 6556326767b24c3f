import { describe, expect, it } from 'vitest';
import { isWall, shiftAt, SHIFT_EVERY_MS } from './wall';

describe('the wall view', () => {
  it('is asked for by the address alone', () => {
    expect(['?wall=1', '?open=a&wall=1', '', '?wall=0', '?wall'].map(isWall)).toEqual([true, true, false, false, false]);
  });
  it('moves by two pixels every five minutes, round a square and back', () => {
    const places = [0, 1, 2, 3, 4].map((step) => shiftAt(step * SHIFT_EVERY_MS));
    expect(places).toEqual([{ x: 0, y: 0 }, { x: 2, y: 0 }, { x: 2, y: 2 }, { x: 0, y: 2 }, { x: 0, y: 0 }]);
    expect(shiftAt(SHIFT_EVERY_MS - 1)).toEqual(shiftAt(0));
  });
});
