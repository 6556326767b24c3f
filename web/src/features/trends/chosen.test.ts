import { describe, expect, it } from 'vitest';
import type { Resource } from '../../transport/wire';
import { chosenNodes } from './chosen';
import { perCent, summed, withoutCache } from './figures';

const node = (name: string, cpu?: number): Resource => ({ ref: `pve:home:node:${name}`, kind: 'node', name, status: 'online', stale: false, ...(cpu === undefined ? {} : { cpu }) });

describe('chosenNodes', () => {
  const nodes = [node('a', 0.1), node('b', 0.9), node('c'), node('d', 0.5)];
  it('takes all that fit', () => {
    expect(chosenNodes(nodes, () => false, 4)).toBe(nodes);
  });
  it('takes those with problems and the busiest, and leaves their order as it is', () => {
    expect(chosenNodes(nodes, (ref) => ref.endsWith(':c'), 2).map(({ name }) => name)).toEqual(['b', 'c']);
  });
});

describe('the figures of a column', () => {
  it('are shares of what there is', () => {
    expect(perCent([[1, 4], [2, 8]], 16)).toEqual([[1, 0.25], [2, 0.5]]);
    expect(perCent([[1, 4]], undefined)).toEqual([]);
  });
  it('leave out what the ARC held at about that time, where that was recorded', () => {
    expect(withoutCache([[60_000, 9], [900_000, 9]], [[70_000, 4]])).toEqual([[60_000, 5], [900_000, 9]]);
    expect(withoutCache([[0, 9]], [])).toEqual([[0, 9]]);
  });
  it('are sums only of moments at which both were measured', () => {
    expect(summed([[1, 4], [2, 5], [3, 6]], [[1, 1], [3, 1]])).toEqual([[1, 5], [3, 7]]);
  });
});
