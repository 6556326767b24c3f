import { describe, expect, it } from 'vitest';
import { memoryOf } from './memory';

describe('memoryOf', () => {
  it('does not call used what the ARC would give up', () => {
    expect(memoryOf({ memoryUsedBytes: 84, memoryTotalBytes: 100, memoryArcBytes: 18 })).toEqual({ used: 66, cache: 18, free: 16, total: 100 });
  });
  it('says nothing of a cache that nobody told', () => {
    expect(memoryOf({ memoryUsedBytes: 84, memoryTotalBytes: 100 })).toEqual({ used: 84, cache: undefined, free: 16, total: 100 });
  });
  it('adds up, whatever is told', () => {
    expect(memoryOf({ memoryUsedBytes: 10, memoryTotalBytes: 100, memoryArcBytes: 40 })).toEqual({ used: 0, cache: 10, free: 90, total: 100 });
    expect(memoryOf({ memoryUsedBytes: 120, memoryTotalBytes: 100 })?.free).toBe(0);
  });
  it('is unknown without the whole', () => {
    expect(memoryOf({ memoryUsedBytes: 10 })).toBeUndefined();
    expect(memoryOf({ memoryTotalBytes: 10 })).toBeUndefined();
  });
});
