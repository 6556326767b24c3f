import { describe, expect, it } from 'vitest';
import type { Resource } from '../../transport/wire';
import { found } from './found';

const item = (kind: Resource['kind'], ref: string, name: string, vmid?: number) => ({ kind, ref, name, vmid }) as Resource;
const all = [item('guest', 'pve:home:guest:101', 'Media', 101), item('guest', 'pve:cabin:guest:101', 'mail', 101), item('node', 'pve:home:node:pve1', 'pve1'), item('storage', 'pve:home:storage:pve1:media', 'media')];
const refs = (typed: string) => found(typed, all).map(({ ref }) => ref);

describe('found', () => {
  it('goes by name, number and address, of guests and nodes alone', () => {
    expect(refs(' media ')).toEqual(['pve:home:guest:101']);
    expect(refs('101')).toEqual(['pve:home:guest:101', 'pve:cabin:guest:101']);
    expect(refs('pve:cabin:guest:101')).toEqual(['pve:cabin:guest:101']);
    expect(refs('PVE1')).toEqual(['pve:home:node:pve1']);
    expect(refs('')).toEqual([]);
    expect(refs('mai')).toEqual([]);
  });
});
