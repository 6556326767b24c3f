import { afterEach, describe, expect, it } from 'vitest';
import type { Maintenance } from '../transport/maintenanceWire';
import { goesOn, useMaintenanceStore } from './maintenanceStore';

const work = (changes: Partial<Maintenance> = {}): Maintenance => ({ ref: 'pve:home:node:pve1', name: 'pve1', by: 'mary', since: '2026-01-01T10:00:00Z', until: '2026-01-01T12:00:00Z', reason: '', ...changes });
const noon = Date.UTC(2026, 0, 1, 12);

afterEach(() => useMaintenanceStore.getState().reset());

describe('the work on a node', () => {
  it('ends at its end by itself', () => {
    expect(goesOn(work(), noon - 1)).toBe(true);
    expect(goesOn(work(), noon)).toBe(false);
  });
  it('is not hidden where its end cannot be read', () => expect(goesOn(work({ until: 'soon' }), noon)).toBe(true));
  it('is known by its node, and gone with the list that does not name it', () => {
    useMaintenanceStore.getState().replaceAll([work(), work({ ref: 'pve:home:node:pve2' })]);
    expect([...useMaintenanceStore.getState().works.keys()]).toEqual(['pve:home:node:pve1', 'pve:home:node:pve2']);
    useMaintenanceStore.getState().replaceAll([work()]);
    expect(useMaintenanceStore.getState().works.has('pve:home:node:pve2')).toBe(false);
  });
});
