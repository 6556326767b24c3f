import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { useActivityStore } from '../../stores/activityStore';
import { useConnectionStore } from '../../stores/connectionStore';
import { useProblemsStore } from '../../stores/problemsStore';
import { useUiStore } from '../../stores/uiStore';
import { knownProblem, type KnownProblem } from '../../transport/problemWire';
import { DEAF_MS } from '../approvals/useDeaf';
import { ProblemsPanel } from './ProblemsPanel';
import { ProblemTotal } from './ProblemTotal';
import { ResourceProblems } from './ResourceProblems';

const START = { id: 'start', title: 'Start media', explanation: 'It runs again.', separable: false, tier: 'YELLOW', steps: [{ tool: 'start_vm', title: 'Start', arguments: { vmid: 101 } }] };
const PLAN = { id: 'clean', title: 'Clean up', explanation: 'Frees 412 GB.', separable: true, tier: 'RED', steps: [{ tool: 'stop_vm', title: 'Shut down' }, { tool: 'delete_backup', title: 'Delete backup' }] };
const found = (id: string, changes: Record<string, unknown> = {}): KnownProblem =>
  knownProblem.parse({ id, kind: 'guest-crashed', title: 'Guest crashed', severity: 'critical', ref: `pve:home:guest:${id}`, name: id, summary: `${id} crashed and does not run.`, since: '2026-03-01T12:00:00Z', ...changes });

interface Sent {
  path: string;
  body: unknown;
}
let sent: Sent[] = [];

/** Whatever is asked, the gate answers with this action. */
function gate(action: object): void {
  vi.stubGlobal('fetch', (input: string, init: RequestInit) => {
    sent.push({ path: new URL(input).pathname, body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined });
    return Promise.resolve(new Response(JSON.stringify({ action }), { status: 202 }));
  });
}
const line = (phase: 'live' | 'waiting') => {
  const link = phase === 'live' ? ({ phase, since: 0 } as const) : ({ phase, attempt: 1, retryAt: 0, downSince: 0 } as const);
  useConnectionStore.setState({ links: { cluster: link, events: link }, now: Date.parse('2026-03-01T12:14:00Z'), offset: 0 });
};
const tell = (...problems: KnownProblem[]) => act(() => useProblemsStore.getState().replaceAll(problems, 0));
const card = (name: string) => screen.getByRole('article', { name });
/** Past the moment in which a card that just came takes no input. */
const settle = () => {
  act(() => {
    vi.advanceTimersByTime(DEAF_MS + 1);
  });
};

/** What a card opens is fetched when it is first drawn. */
const drawn = () => act(() => vi.advanceTimersByTimeAsync(1));

beforeAll(async () => {
  await Promise.all([import('./ProblemDetail'), import('./RemedyPlan')]);
});
beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  useProblemsStore.getState().reset();
  useActivityStore.getState().reset();
  useUiStore.setState({ open: new Set(), toasts: [], listed: { all: false, silenced: false } });
  line('live');
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the panel', () => {
  it('tells not known, none and not to be had apart', () => {
    render(<ProblemsPanel />);
    expect(screen.queryByText('No problem is open.')).toBeNull();
    act(() => useProblemsStore.getState().noteFailure('The disk is full.'));
    expect(screen.getByText(/The disk is full/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Retry' })).toBeTruthy();
    tell();
    expect(screen.getByText('No problem is open.')).toBeTruthy();
  });

  it('shows seven cards, and the others when asked', () => {
    render(<ProblemsPanel />);
    tell(...Array.from({ length: 9 }, (_, at) => found(`vm-${String(at)}`)));
    expect(screen.getAllByRole('article')).toHaveLength(7);
    fireEvent.click(screen.getByRole('button', { name: '2 more' }));
    expect(screen.getAllByRole('article')).toHaveLength(9);
  });

  it('has one tab stop', () => {
    const { container } = render(<ProblemsPanel />);
    tell(found('a'), found('b'), found('c'));
    expect([...container.querySelectorAll<HTMLElement>('[data-roving]')].map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1]);
  });

  it('does not sort under the pointer', () => {
    const { container } = render(<ProblemsPanel />);
    tell(found('a', { severity: 'warning' }), found('b', { severity: 'warning', since: '2026-03-01T13:00:00Z' }));
    const list = container.querySelector('[data-list="problems"]');
    if (!list) throw new Error('no list');
    fireEvent.pointerEnter(list);
    act(() => useProblemsStore.getState().noteProblem(found('b'), 1));
    const ids = () => screen.getAllByRole('article').map((article) => article.dataset['problem']);
    expect(ids()).toEqual(['a', 'b']);
    fireEvent.pointerLeave(list);
    expect(ids()).toEqual(['b', 'a']);
  });
});

describe('a card', () => {
  it('says how bad, what, by which evidence, and since when', async () => {
    render(<ProblemsPanel />);
    tell(found('media', { evidence: [{ label: 'Status', value: 'stopped' }, { label: 'Cause', value: 'out of memory' }, { label: 'Uptime', value: '2 d' }] }));
    const shown = within(card('Guest crashed: media'));
    expect(shown.getByText('CRITICAL')).toBeTruthy();
    expect(shown.getByText('out of memory')).toBeTruthy();
    expect(shown.getByText('1 more')).toBeTruthy();
    expect(shown.getByText('14 m')).toBeTruthy();
    settle();
    fireEvent.click(shown.getByRole('button', { name: 'Guest crashed: media' }));
    await drawn();
    expect(shown.getByText('2 d')).toBeTruthy();
  });

  it('offers what may be done before what is never done, and says so where that is all there is', () => {
    const never = { ...START, id: 'drop', title: 'Delete a backup', tier: 'BLACK' };
    render(<ProblemsPanel />);
    tell(found('media', { remedies: [never, START] }));
    expect(screen.getByRole('button', { name: 'Fix: Start media' })).toBeTruthy();

    tell(found('media', { remedies: [never] }));
    expect(screen.queryByRole('button', { name: /^Fix/ })).toBeNull();
    expect(screen.getByText(/“Delete a backup” would help, but is never done/)).toBeTruthy();
  });

  it('runs a reversible remedy by one click, and no sooner than it can be meant', async () => {
    gate({ id: 'x', tool: 'start_vm', title: 'Start', state: 'RUNNING' });
    render(<ProblemsPanel />);
    tell(found('media', { remedies: [START] }));
    const fix = screen.getByRole('button', { name: 'Fix: Start media' });
    fireEvent.click(fix);
    expect(sent).toEqual([]);
    settle();
    fireEvent.click(fix);
    await act(() => vi.advanceTimersByTimeAsync(1));
    expect(sent).toEqual([{ path: '/api/problems/media/remedies/start', body: {} }]);
    expect(useUiStore.getState().toasts).toMatchObject([{ actionId: 'x' }]);
  });

  it('shows a plan before it runs, with what each step costs', async () => {
    const steps = [{ ...PLAN.steps[0], tier: 'RED', summary: 'Shut down truenas', effect: 'disrupts', undo: 'Start it again.', atMost: 180 }, { ...PLAN.steps[1], tier: 'RED', summary: 'Delete 14 backups', effect: 'destroys', undo: null, atMost: 60 }];
    gate({ id: null, preview: true, tool: 'plan', state: 'AWAITING_APPROVAL', consent: 'hold', fingerprint: 'f', steps, impact: { summary: 'Two things.', undoable: false } });
    render(<ProblemsPanel />);
    tell(found('tank', { remedies: [PLAN] }));
    settle();
    fireEvent.click(screen.getByRole('button', { name: /Fix/ }));
    await drawn();
    await act(() => vi.advanceTimersByTimeAsync(1));
    expect(sent).toEqual([{ path: '/api/problems/tank/remedies/clean/preview', body: {} }]);
    const [first, second] = screen.getAllByRole('listitem');
    expect(first?.textContent).toContain('Shut down truenas');
    expect(first?.textContent).toContain('at most 3 m');
    expect(first?.textContent).toContain('undoable');
    expect(second?.textContent).toContain('not undoable');
    expect(screen.getByRole('button', { name: 'Hold to run' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Run step 1 only' }));
    await act(() => vi.advanceTimersByTimeAsync(1));
    expect(sent[1]).toEqual({ path: '/api/problems/tank/remedies/clean/preview', body: { firstStepOnly: true } });
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
  });

  it('says that the plan changed while it was read', async () => {
    gate({ id: null, preview: true, tool: 'plan', state: 'AWAITING_APPROVAL', consent: 'hold', fingerprint: 'f' });
    render(<ProblemsPanel />);
    tell(found('tank', { remedies: [PLAN] }));
    settle();
    fireEvent.click(screen.getByRole('button', { name: /Fix/ }));
    await drawn();
    await act(() => vi.advanceTimersByTimeAsync(1));
    tell(found('tank', { remedies: [{ ...PLAN, steps: [...PLAN.steps, { tool: 'reboot', title: 'Reboot' }] }] }));
    await act(() => vi.advanceTimersByTimeAsync(1));
    expect(screen.getByRole('note').textContent).toContain('The plan changed');
    expect(sent).toHaveLength(2);
  });

  it('asks for nothing more while it is being mended', () => {
    render(<ProblemsPanel />);
    tell(found('media', { remedies: [START], attempts: [{ remedy: 'start', action: 'x', state: 'RUNNING', by: 'mary', at: '2026-03-01T12:10:00Z' }] }));
    const fix = () => screen.getByRole('button', { name: 'Fix: Start media' });
    expect(fix().getAttribute('aria-disabled')).toBe('true');
    expect(fix().title).toBe('It is being mended.');
    expect(screen.getByText('Start media: running')).toBeTruthy();
    act(() => useActivityStore.getState().noteAction({ id: 'x', tool: 'start_vm', state: 'FAILED' }));
    expect(fix().getAttribute('aria-disabled')).toBe('false');
    expect(screen.getByText('Start media: failed')).toBeTruthy();
  });

  it('says why there is no fix, instead of one', () => {
    render(<ProblemsPanel />);
    tell(found('tank', { noRemedy: 'Replace the disk.' }));
    expect(screen.getByText('Replace the disk.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Fix/ })).toBeNull();
  });

  it('is neither filled nor acted upon while the line is down', () => {
    const { container } = render(<ProblemsPanel />);
    tell(found('media', { remedies: [START] }));
    act(() => line('waiting'));
    expect(container.querySelector('[data-plate="critical"]')).toBeNull();
    expect(card('Guest crashed: media').dataset['stale']).toBe('true');
    expect(screen.getByRole('button', { name: /Fix/ }).getAttribute('aria-disabled')).toBe('true');
  });

  it('is ticked when it is resolved', () => {
    render(<ProblemsPanel />);
    tell(found('media', { remedies: [START] }));
    act(() => useProblemsStore.getState().noteProblem(found('media', { remedies: [START], resolvedAt: '2026-03-01T12:13:00Z', resolution: 'It runs again.' }), 1));
    const shown = within(card('Guest crashed: media'));
    expect(shown.getByText('RESOLVED')).toBeTruthy();
    expect(shown.getByText('It runs again.')).toBeTruthy();
    expect(shown.queryByRole('button', { name: /Fix/ })).toBeNull();
  });

  it('draws hostile words as text', async () => {
    const nasty = '<img src=x onerror=alert(1)>';
    const { container } = render(<ProblemsPanel />);
    useUiStore.setState({ open: new Set(['problem:a']) });
    tell(found('a', { title: nasty, name: nasty, summary: nasty, explanation: nasty, noRemedy: nasty, evidence: [{ label: nasty, value: nasty }], notes: [{ by: nasty, at: nasty, text: nasty }], affected: { total: 1, items: [nasty] }, attempts: [{ remedy: nasty, action: nasty, state: nasty, by: nasty, at: nasty }] }));
    await drawn();
    expect(container.querySelector('img')).toBeNull();
    expect(screen.getAllByText(nasty).length).toBeGreaterThan(3);
  });
});

describe('what a person says', () => {
  it('silences for as long as was chosen, by the clock of the server', async () => {
    vi.setSystemTime('2026-03-01T12:14:00Z');
    gate({});
    render(<ProblemsPanel />);
    tell(found('media'));
    useConnectionStore.setState({ offset: 60_000 });
    settle();
    fireEvent.click(screen.getByRole('button', { name: 'Guest crashed: media' }));
    await drawn();
    fireEvent.click(screen.getByRole('button', { name: 'Silence…' }));
    const now = Date.now();
    fireEvent.click(screen.getByRole('button', { name: '1 h' }));
    await act(() => vi.advanceTimersByTimeAsync(1));
    expect(sent).toEqual([{ path: '/api/problems/media/silence', body: { until: new Date(now + 3_660_000).toISOString() } }]);
  });

  it('is folded away once silenced, and found again', () => {
    render(<ProblemsPanel />);
    tell(found('media', { silenced: true, silence: { by: 'mary', until: '2099-01-01T00:00:00Z' } }));
    expect(screen.queryByRole('article')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: '1 silenced' }));
    expect(screen.getByText(/silenced until .* by mary/)).toBeTruthy();
  });
});

describe('elsewhere on the page', () => {
  it('the top bar counts, and fills nothing while all is well', () => {
    const { container } = render(<dl><ProblemTotal /></dl>);
    expect(container.querySelector('dd')?.textContent).toBe('–');
    tell();
    expect(container.querySelector('dd')?.textContent).toBe('0');
    expect(container.querySelector('[data-plate]')).toBeNull();
    tell(found('a', { severity: 'warning' }), found('b', { severity: 'info' }));
    expect(container.querySelector('[data-plate="warning"]')?.textContent).toBe('2');
    act(() => line('waiting'));
    expect(container.querySelector('[data-plate="warning"]')).toBeNull();
  });

  it('the details of a resource name what is wrong with it and what it suffers from', () => {
    render(<ResourceProblems resource="pve:home:guest:media" />);
    expect(screen.queryByRole('list')).toBeNull();
    tell(found('media'), found('node', { affected: { total: 1, items: ['pve:home:guest:media'] } }));
    const [own, other] = screen.getAllByRole('listitem');
    expect(own?.textContent).toContain('media crashed');
    expect(other?.textContent).toContain('suffers from it');
  });
});
