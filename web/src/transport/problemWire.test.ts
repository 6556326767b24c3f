import { describe, expect, it } from 'vitest';
import { knownProblem, problemReply } from './problemWire';

const least = { id: 'p1', kind: 'guest-crashed', title: 'Guest crashed', severity: 'critical', name: 'media', summary: 'media crashed.', since: '2026-03-01T12:00:00Z' };

describe('a problem on the wire', () => {
  it('takes null for what does not apply', () => {
    const told = knownProblem.parse({ ...least, ref: null, part: '', resolvedAt: null, resolution: null, acknowledged: null, silence: null, noRemedy: null, evidence: [{ label: 'Status', value: 'stopped', at: null }], remedies: [{ id: 'start', title: 'Start', explanation: '', separable: false, tier: null, tool: null, arguments: null, steps: [] }], attempts: [{ remedy: 'start', action: 'a', state: null, by: 'mary', at: '2026-03-01T12:00:00Z' }] });
    expect(told.remedies).toHaveLength(1);
    expect(told.attempts).toHaveLength(1);
  });

  it('is no less alarming for a severity that this page does not know', () => {
    expect(knownProblem.parse({ ...least, severity: 'apocalyptic' }).severity).toBe('warning');
  });

  it('loses characters that deceive, and length without bound', () => {
    const told = knownProblem.parse({ ...least, name: 'me\u202edia', summary: 'x'.repeat(5_000), evidence: [{ label: 'a\u200bb', value: 'c' }] });
    expect(told.name).toBe('me\ufffddia');
    expect(told.evidence[0]?.label).toBe('a\ufffdb');
    expect(told.summary.length).toBeLessThan(700);
  });

  it('drops what it cannot read of its lists, and keeps the rest', () => {
    expect(knownProblem.parse({ ...least, evidence: [{ label: 'a', value: 'b' }, 'nonsense'], affected: 'many' })).toMatchObject({ evidence: [{ label: 'a', value: 'b' }], affected: { total: 0, items: [] } });
  });

  it('is an answer bare or under its name, and other answers tell nothing', () => {
    expect(problemReply.parse(least)?.id).toBe('p1');
    expect(problemReply.parse({ problem: least })?.id).toBe('p1');
    expect(problemReply.parse(undefined)).toBeUndefined();
  });
});
