import { describe, expect, it } from 'vitest';
import type { Health } from '../../transport/wire';
import { modeOf, troublesOf } from './troubles';

const health = (...components: [name: string, status: string][]): Health => ({ status: 'DEGRADED', setupRequired: false, components: components.map(([name, status]) => ({ name, status, detail: `${name} is ${status}` })) });
const banners = (of: Health) => troublesOf(of).filter(({ telling }) => telling === 'banner').map(({ component }) => component.name);

describe('troublesOf', () => {
  it('finds nothing where all is well or nothing is known', () => {
    expect(troublesOf(health(['storage', 'UP'], ['mode', 'UP']))).toEqual([]);
    expect(troublesOf(undefined)).toEqual([]);
  });
  it('puts safe mode first, then what is down, then what is degraded', () => {
    expect(banners(health(['storage', 'DEGRADED'], ['auth', 'DOWN'], ['mode', 'DEGRADED']))).toEqual(['mode', 'auth', 'storage']);
  });
  it('leaves clusters to their own banner, and what is merely degraded to the health page', () => {
    const of = health(['cluster home', 'DOWN'], ['connector', 'DOWN'], ['protection', 'DEGRADED']);
    expect(banners(of)).toEqual([]);
    expect(troublesOf(of)).toHaveLength(3);
  });
});

describe('modeOf', () => {
  it('tells safe mode from none', () => {
    expect(modeOf(health(['mode', 'DEGRADED']))).not.toBe(modeOf(health(['storage', 'UP'])));
    expect(modeOf(undefined)).toBe(modeOf(health(['mode', 'UP'])));
  });
});
