import { describe, expect, it } from 'vitest';
import type { Resource } from '../transport/wire';
import { choicesOf, GROUPED_FROM, groupName, isGroup, rowsOf, type Wanted } from './guestView';

const guest = (vmid: number, more: Partial<Resource> = {}): Resource => ({ ref: `pve:home:guest:${String(vmid)}`, kind: 'guest', name: `g${String(vmid)}`, vmid, status: 'running', stale: false, type: vmid % 2 === 0 ? 'qemu' : 'lxc', node: vmid % 3 === 0 ? 'pve10' : 'pve9', tags: vmid === 7 ? ['needle'] : ['hay'], ...more });
const many = Array.from({ length: GROUPED_FROM }, (_, vmid) => guest(vmid));
const wanted = (more: Partial<Wanted> = {}): Wanted => ({ filter: '', facets: {}, sort: { by: 'vmid', descending: false }, groups: new Set(), urgency: () => 0, ...more });
const [nine, ten] = ['group:pve:home/pve9', 'group:pve:home/pve10'] as const;

describe('rowsOf', () => {
  it('has those that want somebody first, the worst of them first, and the rest closed by node', () => {
    const rows = rowsOf(many, wanted({ urgency: ({ vmid }) => (vmid === 5 ? 1 : vmid === 8 ? 3 : 0) }));
    expect(rows.keys).toEqual(['pve:home:guest:8', 'pve:home:guest:5', nine, ten]);
    expect([rows.attention, rows.counts.get(nine), rows.counts.get(ten), rows.found]).toEqual([2, 38, 20, 60]);
  });
  it('has the guests of an open group after its head', () => {
    expect(rowsOf(many, wanted({ groups: new Set([ten]) })).keys.slice(0, 4)).toEqual([nine, ten, 'pve:home:guest:0', 'pve:home:guest:3']);
  });
  it('groups nothing where something is looked for, or where they are few', () => {
    expect(rowsOf(many, wanted({ filter: 'needle' })).keys).toEqual(['pve:home:guest:7']);
    expect(rowsOf(many, wanted({ facets: { tag: 'needle' } })).keys).toEqual(['pve:home:guest:7']);
    expect(rowsOf(many.slice(1), wanted()).keys.some(isGroup)).toBe(false);
  });
  it('holds to all that was chosen at once', () => {
    const rows = rowsOf(many, wanted({ facets: { node: 'pve10', type: 'qemu', status: 'running' }, filter: '12' }));
    expect(rows.keys).toEqual(['pve:home:guest:12']);
    expect(rowsOf(many, wanted({ facets: { status: 'stopped' } })).found).toBe(0);
  });
});

describe('choices', () => {
  it('are those that occur, tags by how often', () => {
    expect(choicesOf(many)).toEqual({ node: ['pve9', 'pve10'], tag: ['hay', 'needle'], type: ['lxc', 'qemu'], status: ['running'] });
  });
  it('name a group by its node', () => {
    expect(groupName(ten)).toBe('pve10');
  });
});
