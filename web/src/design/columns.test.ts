import { beforeEach, describe, expect, it } from 'vitest';
import { breakpointOf, columns, keepWidth, widthOf } from './columns';

beforeEach(() => localStorage.clear());

describe('the columns', () => {
  it('have the widths of the drawing until somebody moves them', () => {
    expect([widthOf(columns.left, 'wide'), widthOf(columns.left, 'narrow'), widthOf(columns.right, 'wide')]).toEqual([404, 344, 452]);
  });
  it('keep their width for each breakpoint by itself', () => {
    expect(breakpointOf(1_499)).toBe('narrow');
    keepWidth(columns.left, 'narrow', 300.4);
    expect([widthOf(columns.left, 'narrow'), widthOf(columns.left, 'wide')]).toEqual([300, 404]);
  });
  it('cannot be moved out of sight', () => {
    expect([keepWidth(columns.right, 'wide', 9_000), keepWidth(columns.right, 'wide', -5)]).toEqual([1_200, 360]);
  });
  it('take no width that cannot be one', () => {
    for (const kept of ['12', 'NaN', '', '1e9', '404.5']) {
      localStorage.setItem('jarvis.width.left.wide', kept);
      expect(widthOf(columns.left, 'wide'), kept).toBe(404);
    }
  });
});
