import { describe, expect, it } from 'vitest';
import { isFaulted, isSick, isUnwell, orderedServices, type Disk, type Service } from './nodeHealth';

const service = (name: string, activeState: string, unitState = 'enabled', state = activeState === 'active' ? 'running' : 'dead'): Service => ({ name, activeState, unitState, state });
const disk = (more: Partial<Disk>): Disk => ({ device: '/dev/sda', attributes: [], ...more });

describe('services', () => {
  it('are at fault when they failed, or are enabled and do not run', () => {
    expect(isFaulted(service('a', 'failed', 'enabled', 'failed'))).toBe(true);
    expect(isFaulted(service('a', 'inactive'))).toBe(true);
    expect(isFaulted(service('a', 'inactive', 'disabled'))).toBe(false);
    expect(isFaulted(service('a', 'active'))).toBe(false);
  });
  it('stand with the failed first and the switched off last', () => {
    const all = [service('z', 'active'), service('off', 'inactive', 'disabled'), service('broken', 'failed'), service('a', 'active')];
    expect(orderedServices(all).map(({ name }) => name)).toEqual(['broken', 'a', 'z', 'off']);
  });
});

describe('disks', () => {
  it.each<[Partial<Disk>, boolean]>([
    [{ health: 'PASSED', lifeLeft: 97 }, false],
    [{ health: 'UNKNOWN' }, false],
    [{}, false],
    [{ health: 'FAILED' }, true],
    [{ health: 'OK', lifeLeft: 10 }, true],
    [{ health: 'PASSED', attributes: [{ name: 'Reallocated', value: '9', failing: true }] }, true],
  ])('%j is sick: %s', (more, sick) => {
    expect(isSick(disk(more))).toBe(sick);
  });
});

describe('pools', () => {
  it('are unwell when not online, or with errors', () => {
    expect(isUnwell({ name: 'tank', health: 'ONLINE', errors: 0 })).toBe(false);
    expect(isUnwell({ name: 'tank', health: 'ONLINE', state: 'DEGRADED' })).toBe(true);
    expect(isUnwell({ name: 'tank', health: 'ONLINE', errors: 2 })).toBe(true);
  });
});
