import { describe, expect, it } from 'vitest';
import { arc, scale } from './ring';

describe('the ring', () => {
  it('draws three quarters of a turn for all of it, and no more for more', () => {
    expect(arc(78, 1)).toBe('M100.00 22.00A78 78 0 1 1 22.00 100.00');
    expect(arc(78, 1.4)).toBe(arc(78, 1));
  });
  it('takes the short way round up to two thirds', () => {
    expect(arc(78, 0.5)).toContain(' 0 0 1 ');
    expect(arc(78, 0.7)).toContain(' 0 1 1 ');
  });
  it('draws nothing of what is not known', () => {
    expect([arc(78, undefined), arc(78, 0)]).toEqual(['', '']);
  });
  it('has a scale of 72 strokes', () => {
    expect(scale().match(/M/g)).toHaveLength(72);
  });
});
