import { describe, expect, it } from 'vitest';
import type { Matter } from '../../stores/summary';
import { unexplained } from './causes';

const matter = (ref: string): Matter => ({ ref, name: ref, kind: 'node', severity: 'critical', status: 'offline' });
const refs = (...all: string[]) => new Map(all.map((ref) => [ref, true]));
const dune = 'pve:home:node:dune', cinder = 'pve:home:node:cinder', guest = 'pve:home:guest:101';

describe('unexplained', () => {
  it('leaves out what a problem tells of, and what somebody works on', () => {
    const summary = { matters: [matter(dune), matter(cinder), matter('pve:away:node:pan')], silent: [] };
    expect(unexplained(summary, refs(dune), refs(cinder)).matters.map(({ ref }) => ref)).toEqual(['pve:away:node:pan']);
  });
  it('counts as silent what no problem explains: neither its own nor that of its cluster', () => {
    const summary = { matters: [], silent: [dune, guest, 'pve:away:guest:101'] };
    expect(unexplained(summary, refs(), refs()).stale).toBe(3);
    expect(unexplained(summary, refs(guest), refs()).stale).toBe(2);
    expect(unexplained(summary, refs('pve:home:cluster'), refs()).stale).toBe(1);
  });
});
