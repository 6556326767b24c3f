import { describe, expect, it } from 'vitest';
import type { Matter } from '../../stores/summary';
import { worse } from '../../stores/severity';
import { knownProblem } from '../../transport/problemWire';
import type { PlanStep } from '../../transport/wire';
import { criticalsOf, newCritical } from './announcements';
import { headOf } from './names';
import { effectsByStep, isBeingMended, isOneClick, reversal } from './remedies';
import { silenceEnd } from './silences';

const found = (id: string, changes: Record<string, unknown> = {}) =>
  knownProblem.parse({ id, kind: 'guest-crashed', title: 'Guest crashed', severity: 'critical', name: 'media', summary: 'media crashed.', since: '2026-03-01T12:00:00Z', ...changes });
const step = (changes: Partial<PlanStep> = {}): PlanStep => ({ tool: 'start_vm', title: 'Start', ...changes });
const remedy = (tier: string | null, steps: PlanStep[]) => ({ id: 'r', title: 'Mend', explanation: '', separable: false, tier, steps });

describe('new criticals', () => {
  const offline: Matter = { ref: 'pve:home:node:a', name: 'a', kind: 'node', severity: 'critical', status: 'offline' };
  const said = ({ name }: Matter) => `${name} is offline.`;
  const keys = (...lists: Parameters<typeof criticalsOf>[]) => new Set(lists.flatMap((list) => criticalsOf(...list).map(({ key }) => key)));

  it('are said once, with what and where', () => {
    const criticals = criticalsOf([found('a'), found('b', { severity: 'warning' })], [], said);
    expect(newCritical(new Set(), criticals)).toBe('Critical. Guest crashed: media. media crashed.');
    expect(newCritical(new Set(['a']), criticals)).toBeUndefined();
  });

  it('are not said again where Jarvis finds a moment later what the page saw', () => {
    const before = keys([[], [offline], said]);
    expect(newCritical(before, criticalsOf([found('a', { ref: offline.ref })], [], said))).toBeUndefined();
  });

  it('are said though another problem of the same resource was critical before', () => {
    const before = keys([[found('a', { ref: 'pve:home:guest:1' })], [], said]);
    expect(newCritical(before, criticalsOf([found('a', { ref: 'pve:home:guest:1' }), found('b', { ref: 'pve:home:guest:1' })], [], said))).toContain('Critical.');
  });

  it('that come together are one sentence', () => {
    expect(newCritical(new Set(), criticalsOf([found('a'), found('b')], [offline], said))).toMatch(/^Critical\. .* 2 more critical\.$/);
  });
});

describe('a remedy', () => {
  it.each([
    ['YELLOW', [step()], true],
    ['GREEN', [step()], true],
    ['RED', [step()], false],
    [null, [step()], false],
    ['YELLOW', [step(), step()], false],
  ])('of tier %s with these steps runs by one click: %s', (tier, steps, expected) => {
    expect(isOneClick(remedy(tier, steps))).toBe(expected);
  });

  it('is under way until its action has ended, of which this page may know more', () => {
    const attempted = found('a', { attempts: [{ remedy: 'r', action: 'x', state: 'RUNNING', by: 'mary', at: '2026-03-01T12:00:00Z' }] });
    expect(isBeingMended(attempted, new Map())).toBe(true);
    expect(isBeingMended(attempted, new Map([['x', { tool: 'start_vm', state: 'FAILED' }]]))).toBe(false);
    expect(isBeingMended(found('b'), new Map())).toBe(false);
  });

  it.each([
    [step({ undo: 'Stop it.' }), 'undoable'],
    [step({ undo: null }), 'irreversible'],
    [step({ undo: null, effect: 'observes' }), 'read-only'],
    [step(), undefined],
  ])('says of a step whether it leaves a way back', (told, expected) => {
    expect(reversal(told)).toBe(expected);
  });

  it('shows effects beneath the steps that have them', () => {
    const steps = [step({ summary: 'Stop a.' }), step({ summary: 'Delete b.' })];
    expect(effectsByStep(['Takes a while.', 'Step 1: Stop a.', '3 connections end.', 'Step 2: Delete b.'], steps)).toEqual({ own: ['Takes a while.'], bySteps: [['3 connections end.'], []] });
    expect(effectsByStep(['Step 1: something else.'], steps).own).toEqual(['Step 1: something else.']);
  });
});

describe('a silence', () => {
  const evening = new Date(2026, 2, 28, 22, 30).getTime();

  it.each([
    ['hour', new Date(2026, 2, 28, 23, 30).getTime()],
    ['shift', evening + 8 * 3_600_000],
    ['tomorrow', new Date(2026, 2, 29, 8).getTime()],
    ['week', evening + 7 * 86_400_000],
  ] as const)('for %s ends in time', (length, expected) => {
    expect(silenceEnd(length, evening)).toBe(expected);
  });
});

describe('names and marks', () => {
  it('names the part where only a part is meant', () => {
    expect(headOf(found('a'))).toBe('Guest crashed: media');
    expect(headOf(found('a', { part: 'scsi0' }))).toBe('Guest crashed: media, scsi0');
    expect(headOf(found('a', { name: '', ref: null }))).toBe('Guest crashed: Jarvis');
  });

  it('marks a resource by the worse of what it says and what was found', () => {
    expect(worse('stopped', 'critical')).toBe('critical');
    expect(worse('critical', 'info')).toBe('critical');
    expect(worse('warning', 'info')).toBe('warning');
    expect(worse('normal', 'info')).toBe('info');
    expect(worse('normal', undefined)).toBe('normal');
  });
});
