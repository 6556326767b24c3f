import { describe, expect, it } from 'vitest';
import type { Resource } from '../transport/wire';
import { heldOrder, matches, orderGuests } from './guestOrder';

const guest = (vmid: number, name: string, more: Partial<Resource> = {}): Resource => ({ ref: `g${String(vmid)}`, kind: 'guest', name, vmid, status: 'running', stale: false, type: 'qemu', node: 'atlas', tags: [], ...more });
const guests = [guest(130, 'jellyfin', { type: 'lxc', node: 'cinder', tags: ['media'], cpu: 0.4 }), guest(101, 'opnsense', { cpu: 0.1 }), guest(102, 'pg-10', { cpu: 0.4 }), guest(103, 'pg-9', { status: 'stopped' })];

describe('matches', () => {
  it.each<[string, number[]]>([
    ['media', [130]],
    ['CINDER lxc', [130]],
    ['10', [101, 102, 103]],
    ['stopped', [103]],
    ['pg atlas', [102, 103]],
    ['nobody', []],
  ])('finds by %s', (filter, found) => {
    expect(guests.filter((one) => matches(one, filter)).map((one) => one.vmid)).toEqual(found);
  });
});

describe('orderGuests', () => {
  it('sorts by number, by name with numbers as numbers, and by load with the stopped last', () => {
    expect(orderGuests(guests, '', { by: 'vmid', descending: false })).toEqual(['g101', 'g102', 'g103', 'g130']);
    expect(orderGuests(guests, 'pg', { by: 'name', descending: false })).toEqual(['g103', 'g102']);
    expect(orderGuests(guests, '', { by: 'cpu', descending: true })).toEqual(['g102', 'g130', 'g101', 'g103']);
  });
});

describe('heldOrder', () => {
  it('moves nothing under the hand, drops what left and adds what came at the end', () => {
    expect(heldOrder(['a', 'b', 'c'], ['c', 'x', 'a'])).toEqual(['a', 'c', 'x']);
  });
  it('is the very same array when nobody came or left', () => {
    const held = ['a', 'b'];
    expect(heldOrder(held, ['b', 'a'])).toBe(held);
  });
});
