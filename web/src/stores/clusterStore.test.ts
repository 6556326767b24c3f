import { beforeEach, describe, expect, it } from 'vitest';
import { patch, resource, type Resource } from '../transport/wire';
import { useClusterStore } from './clusterStore';

const store = () => useClusterStore.getState();
const guest = (vmid: number, more: Partial<Resource> = {}): Resource => ({ ref: `pve:home:guest:${String(vmid)}`, kind: 'guest', name: `vm-${String(vmid)}`, vmid, status: 'running', stale: false, ...more });

beforeEach(() => {
  store().reset();
  store().replaceAll([guest(110), guest(20), guest(101)]);
});

describe('clusterStore', () => {
  it('orders by number, not by text', () => {
    expect(store().refs.guest).toEqual(['pve:home:guest:20', 'pve:home:guest:101', 'pve:home:guest:110']);
  });

  it('replaces only the objects that changed, and keeps the order array', () => {
    const before = store();
    store().applyChanges(new Map([['pve:home:guest:20', { do: 'patch', patch: { ref: 'pve:home:guest:20', cpu: 0.5 } }]]));
    const after = store();
    expect(after.entities.get('pve:home:guest:20')).toMatchObject({ cpu: 0.5, name: 'vm-20' });
    expect(after.entities.get('pve:home:guest:101')).toBe(before.entities.get('pve:home:guest:101'));
    expect(after.refs).toBe(before.refs);
  });

  it('forgets a field that is unset', () => {
    store().applyChanges(new Map([['pve:home:guest:20', { do: 'put', item: guest(20, { lock: 'backup' }) }]]));
    store().applyChanges(new Map([['pve:home:guest:20', { do: 'patch', patch: { ref: 'pve:home:guest:20', unset: ['lock'] } }]]));
    expect(store().entities.get('pve:home:guest:20')).not.toHaveProperty('lock');
  });

  it('ignores a change to something unknown, unless it describes the whole of it', () => {
    store().applyChanges(new Map([
      ['pve:home:guest:7', { do: 'patch', patch: { ref: 'pve:home:guest:7', cpu: 0.5 } }],
      ['pve:home:cluster', { do: 'patch', patch: { ref: 'pve:home:cluster', kind: 'cluster', name: 'home', status: 'online', stale: false } }],
    ]));
    expect(store().entities.has('pve:home:guest:7')).toBe(false);
    expect(store().refs.cluster).toEqual(['pve:home:cluster']);
  });

  it('lets a guest leave', () => {
    store().applyChanges(new Map([['pve:home:guest:101', { do: 'remove' }]]));
    expect(store().refs.guest).toEqual(['pve:home:guest:20', 'pve:home:guest:110']);
  });

  it('keeps 5,000 guests in one change of 500', () => {
    store().replaceAll(Array.from({ length: 5_000 }, (_, at) => guest(at + 1)));
    const before = store();
    store().applyChanges(new Map(Array.from({ length: 500 }, (_, at) => [`pve:home:guest:${String(at + 1)}`, { do: 'patch' as const, patch: { ref: `pve:home:guest:${String(at + 1)}`, cpu: 0.9 } }])));
    const kept = [...store().entities].filter(([ref, item]) => before.entities.get(ref) === item);
    expect(kept).toHaveLength(4_500);
  });
});

describe('the wire', () => {
  it('takes a null as unknown, in a resource and in a patch', () => {
    expect(resource.parse({ ...guest(1), lock: null, cpu: null })).toEqual(guest(1));
    expect(patch.parse({ ref: 'g', lock: null, cpu: 0.1 })).toEqual({ ref: 'g', cpu: 0.1, unset: ['lock'] });
  });

  it('disarms characters that make one name look like another', () => {
    const name = 'safe\u202egnp.exe\u0007';
    expect(resource.parse({ ...guest(1), name }).name).toBe('safe\ufffdgnp.exe\ufffd');
  });
});
