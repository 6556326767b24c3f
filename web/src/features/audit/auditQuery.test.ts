import { describe, expect, it } from 'vitest';
import { aboutOf, auditPath, cursorAt, detailOf, isFiltered, noFilter } from './auditQuery';

describe('a page of the audit', () => {
  it('asks for the newest, without what was not said', () => {
    expect(auditPath(noFilter, undefined)).toBe('api/audit?order=newest&limit=50');
    expect(isFiltered(noFilter)).toBe(false);
    expect(isFiltered({ ...noFilter, actor: '  ' })).toBe(false);
  });
  it('asks for what was said, with moments by this clock', () => {
    const path = auditPath({ actor: ' ada ', activity: 'stop_vm', resource: 'a&b=c', since: '2026-03-01T12:00', until: 'someday' }, '77');
    const query = new URLSearchParams(path.split('?')[1]);
    expect(Object.fromEntries(query)).toEqual({ order: 'newest', limit: '50', actor: 'ada', activity: 'stop_vm', resource: 'a&b=c', since: new Date(2026, 2, 1, 12).toISOString(), cursor: '77' });
  });
  it('begins with a record that was named', () => expect(cursorAt(41)).toBe('42'));
});

describe('a record', () => {
  it('is about the tool and what it was used on, or else its subject', () => {
    expect(aboutOf({ subject: 'a-1', detail: { tool: 'stop_vm', targets: ['pve:home:guest:101', 7] } })).toBe('stop_vm pve:home:guest:101');
    expect(aboutOf({ subject: 'pve1', detail: {} })).toBe('pve1');
    expect(aboutOf({ subject: null, detail: 'text' })).toBe('');
  });
  it('loses what would deceive, and has no detail where there is none', () => {
    expect(aboutOf({ subject: 'a', detail: { tool: 'x\u202ey' } })).toBe('x\ufffdy');
    expect(detailOf({ detail: { why: 'a\u202eb' } })).toBe('{\n  "why": "a\ufffdb"\n}');
    expect(detailOf({ detail: {} })).toBeUndefined();
    expect(detailOf({ detail: null })).toBeUndefined();
    expect(detailOf({ detail: { long: 'x'.repeat(30_000) } })?.length).toBe(20_001);
  });
});
