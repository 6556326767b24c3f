import { describe, expect, it } from 'vitest';
import type { Attempt, KnownProblem } from '../../transport/problemWire';
import type { Action } from '../../transport/wire';
import { resolutionOf } from './resolution';

const attempt = (state: string | null, action = 'a-1'): Attempt => ({ remedy: 'start', action, state, by: 'ada', at: '2026-01-01T00:00:00Z' });
const problem = (changes: Partial<KnownProblem>): KnownProblem => ({
  id: 'p', kind: 'guest-crashed', title: 'Guest crashed', severity: 'critical', ref: 'pve:home:guest:101', name: 'media', part: null, summary: 'media crashed.', evidence: [], since: '2026-01-01T00:00:00Z',
  resolvedAt: '2026-01-01T00:01:00Z', resolution: 'It is over.', returns: 0, silenced: false, affected: { total: 0, items: [] }, remedies: [], notes: [], attempts: [], ...changes,
});
const start = { id: 'start', title: 'Start media', explanation: '', separable: false, steps: [] };
const none = new Map<string, Action>();

describe('how a problem ended', () => {
  it('is by itself where nobody did anything, or what was done failed', () => {
    expect(resolutionOf(problem({}), none)).toBe('It ended by itself.');
    expect(resolutionOf(problem({ resolution: null }), none)).toBe('It ended by itself.');
    expect(resolutionOf(problem({ attempts: [attempt('FAILED')], remedies: [start] }), none)).toBe('It ended by itself.');
  });
  it('names what mended it and who asked, also after its remedies are gone', () => {
    expect(resolutionOf(problem({ attempts: [attempt('SUCCEEDED')], remedies: [start] }), none)).toBe('Mended by Start media, asked for by ada.');
    const actions = new Map<string, Action>([['a-1', { id: 'a-1', tool: 'start_vm', title: 'Start', targetNames: ['media (VM 101)'], state: 'SUCCEEDED' }]]);
    expect(resolutionOf(problem({ attempts: [attempt(null)] }), actions)).toBe('Mended by Start media (VM 101), asked for by ada.');
    expect(resolutionOf(problem({ attempts: [attempt('SUCCEEDED', 'gone')] }), none)).toBe('Mended by start, asked for by ada.');
  });
  it('is what the server says where that is more', () => {
    expect(resolutionOf(problem({ resolution: 'It is gone: another guest has its number now.', attempts: [attempt('SUCCEEDED')], remedies: [start] }), none)).toBe('It is gone: another guest has its number now.');
  });
});
