import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { holdPanel, loadPanels, notePanelFrame, sayShownPanelsBy } from '../../app/panels';
import { useClusterStore } from '../../stores/clusterStore';
import { useConnectionStore } from '../../stores/connectionStore';
import { freshnessOf, usePanelsStore } from '../../stores/panelsStore';
import { useUiStore } from '../../stores/uiStore';
import { panelInfo } from '../../transport/panelWire';
import { resource } from '../../transport/wire';
import { paths, spanOf } from './course';
import { PanelCard } from './PanelCard';
import { figure } from './value';

const AT = '2026-03-01T12:00:00.000Z';
const INFO = panelInfo.parse({ id: 'ups', title: 'UPS', description: 'Its load.', subject: null, interval: 5, provider: 'org.example.ups' });
const HOSTILE = '<img src=x onerror=alert(1)>\u202egnp.exe';

const said: object[] = [];
const tell = (content: unknown, more: object = {}) =>
  act(() => {
    notePanelFrame({ type: 'panel', seq: 1, panel: { id: 'ups', ref: null, at: AT, interval: 5, stale: false, failure: null, content, ...more } });
  });
const stats = (value: unknown, more: object = {}) => ({ kind: 'stats', stats: [{ label: 'Load', value, unit: '%', severity: null, trend: null, ...more }] });
const line = (phase: 'live' | 'waiting', secondsLater = 0) => {
  const link = phase === 'live' ? ({ phase, since: 0 } as const) : ({ phase, attempt: 1, retryAt: 0, downSince: 0 } as const);
  act(() => useConnectionStore.setState({ links: { cluster: link, events: link }, now: Date.parse(AT) + secondsLater * 1_000, offset: 0 }));
};
const card = () => screen.getByRole('region', { name: 'UPS' });
const shows = () => render(<PanelCard info={INFO} place={null} />);

beforeEach(() => {
  vi.useFakeTimers();
  said.length = 0;
  sayShownPanelsBy((frame) => said.push(frame));
  usePanelsStore.getState().reset();
  useClusterStore.getState().replaceAll([]);
  useUiStore.setState({ open: new Set(), toasts: [], sheet: undefined });
  line('live');
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('what is shown', () => {
  it('is said once it is on the screen, and no more when it is gone', () => {
    const { unmount } = shows();
    vi.advanceTimersByTime(100);
    expect(said).toEqual([{ type: 'show', panels: [{ id: 'ups', ref: null }] }]);
    unmount();
    vi.advanceTimersByTime(100);
    expect(said.at(-1)).toEqual({ type: 'show', panels: [] });
  });

  it('is held as long as anybody holds it', () => {
    const first = holdPanel({ id: 'ups', ref: null });
    const second = holdPanel({ id: 'ups', ref: null });
    tell(stats({ number: 1 }));
    first();
    expect(usePanelsStore.getState().shown.size).toBe(1);
    second();
    expect(usePanelsStore.getState().shown.size).toBe(0);
  });

  it('is not taken from what nobody holds', () => {
    tell(stats({ number: 1 }));
    expect(usePanelsStore.getState().shown.size).toBe(0);
  });
});

describe('a panel', () => {
  it('tells being asked, nothing to show and no answer apart', () => {
    shows();
    expect(screen.getByLabelText('Being asked')).toBeTruthy();
    tell({ kind: 'stats', stats: [] });
    expect(card().textContent).toContain('no figures to show');
    tell(null, { at: null, stale: true, failure: 'It failed: IOException.' });
    expect(card().textContent).toContain('It has no news. It failed: IOException.');
    expect(card().textContent).toContain('It has shown nothing yet.');
  });

  it('keeps what it showed as stale, with the reason and the age', () => {
    shows();
    tell(stats({ number: 42 }, { severity: 'critical' }));
    expect(card().dataset['stale']).toBe('false');
    expect(card().querySelector('[data-plate="critical"]')).not.toBeNull();
    tell(undefined, { stale: true, failure: 'It takes longer than 2000 ms.' });
    expect(card().dataset['stale']).toBe('true');
    expect(card().textContent).toContain('42%');
    expect(card().textContent).toContain('It takes longer than 2000 ms.');
    expect(card().querySelector('[data-plate="critical"]')).toBeNull();
    tell(undefined, {});
    expect(card().dataset['stale']).toBe('false');
    line('live', 16);
    expect(card().dataset['stale']).toBe('true');
    expect(card().textContent).toContain('STALE 16 S');
    line('waiting');
    expect(card().textContent).toContain('The line to Jarvis is cut');
  });

  it('says so where it does not know how to show something', () => {
    shows();
    tell({ kind: 'hologram', beams: 7 });
    expect(card().textContent).toContain('does not know how to show this');
  });

  it('draws every text as text', () => {
    shows();
    tell({ kind: 'log', lines: [{ at: AT, level: 'error', text: HOSTILE }] });
    tell({ kind: 'table', columns: [{ title: HOSTILE, type: 'text', unit: '' }], rows: [[{ text: HOSTILE }], [null], [{ colour: 'red' }]], more: 2 });
    expect(card().querySelector('img')).toBeNull();
    expect(card().querySelector('td')?.textContent).toBe('<img src=x onerror=alert(1)>\ufffdgnp.exe');
    expect([...card().querySelectorAll('td')].slice(1).map((cell) => cell.textContent)).toEqual(['–', '–']);
    expect(card().textContent).toContain('and 2 more');
  });

  it('draws no more than it can, whatever it is sent', () => {
    shows();
    tell({ kind: 'table', columns: [{ title: 'n', type: 'number', unit: '' }], rows: Array.from({ length: 5_000 }, (_, index) => [{ number: index }]), more: 0 });
    expect(card().querySelectorAll('tbody tr')).toHaveLength(200);
  });

  it('leads to a resource that is known, and to no other', () => {
    useClusterStore.getState().replaceAll([resource.parse({ ref: 'pve:home:node:pve1', kind: 'node', name: 'pve1', status: 'online', stale: false })]);
    shows();
    tell({ kind: 'table', columns: [{ title: 'Node', type: 'resource', unit: '' }], rows: [[{ ref: 'pve:home:node:pve1', name: 'pve1' }], [{ ref: 'pve:home:node:gone', name: 'gone' }]], more: 0 });
    expect(screen.queryByRole('button', { name: 'gone' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'pve1' }));
    expect(useUiStore.getState().open.has('pve:home:node:pve1')).toBe(true);
  });
});

describe('what a panel offers', () => {
  const OFFER = { label: 'Refresh', tool: 'stop_vm', arguments: { vmid: 101 } };
  const DECIDED = { ...OFFER, title: 'Shut down', tier: 'RED', effect: 'disrupts', consent: 'hold', available: true };
  const answer = (offer: object) =>
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ id: 'ups', ref: null, at: AT, interval: 5, stale: false, failure: null, content: { kind: 'actions', offers: [offer] } }))));
  const offered = async (offer: object) => {
    answer(offer);
    shows();
    tell({ kind: 'actions', offers: [OFFER] });
    await act(async () => vi.advanceTimersByTimeAsync(50));
    return screen.getByRole('button', { name: 'Refresh' });
  };

  it('is shown with what the tool itself calls it, and asks for the consent that it needs', async () => {
    const button = await offered(DECIDED);
    expect(card().textContent).toContain('RED');
    expect(card().textContent).toContain('Does: Shut down');
    fireEvent.click(button);
    expect(useUiStore.getState().sheet).toMatchObject({ show: 'consent', offer: { tool: 'stop_vm', title: 'Shut down' } });
  });

  it('stays, disabled, with the reason of its refusal', async () => {
    const button = await offered({ ...DECIDED, available: false, reason: 'It hosts Jarvis.' });
    expect(card().textContent).toContain('It hosts Jarvis.');
    fireEvent.click(button);
    expect(useUiStore.getState().sheet).toBeUndefined();
  });

  it('cannot be chosen while nobody decided it, or while it is old', async () => {
    const undecided = await offered(OFFER);
    fireEvent.click(undecided);
    expect(card().textContent).toContain('being asked whether');
    cleanup();
    const decided = await offered(DECIDED);
    line('live', 60);
    fireEvent.click(decided);
    expect(useUiStore.getState().sheet).toBeUndefined();
  });
});

describe('the list', () => {
  it('lets go of what has left, with what it showed', () => {
    const release = holdPanel({ id: 'ups', ref: null });
    notePanelFrame({ type: 'panels', seq: 1, panels: [INFO, { id: 7 }] });
    tell(stats({ number: 1 }));
    expect(usePanelsStore.getState().panels).toEqual([INFO]);
    notePanelFrame({ type: 'panels', seq: 1, panels: [] });
    expect(usePanelsStore.getState()).toMatchObject({ panels: [], shown: new Map() });
    release();
  });

  it('is asked for anew with each connection, and stays where it cannot be had', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ items: [INFO] }))));
    await loadPanels();
    expect(usePanelsStore.getState().panels).toHaveLength(1);
    vi.stubGlobal('fetch', () => Promise.reject(new Error('down')));
    await loadPanels();
    expect(usePanelsStore.getState().panels).toHaveLength(1);
  });

  it('leaves frames of other kinds alone', () => {
    expect(notePanelFrame({ type: 'heartbeat', seq: 1, at: AT })).toBe(false);
  });
});

describe('figures and courses', () => {
  it.each([
    [0, 'B', '0 B'], [1_536, 'B', '1.5 KB'], [90, 's', '1 m 30 s'], [42.5, '%', '42.5%'], [-3, 'B', '-3 B'], [230, 'V', '230 V'], [0.1 + 0.2, '', '0.3'], [1e300, '', '1.00e+300'], [12_345, 'W', '12,345 W'],
  ])('%s in %s is %s', (number, unit, text) => {
    expect(figure(number, unit)).toBe(text);
  });

  it('leaves a gap where nothing is known, and needs no second point', () => {
    const points = [{ at: 0, value: 1 }, { at: 10, value: 2 }, { at: 20, value: null }, { at: 30, value: 5 }];
    const series = { name: 'load', unit: '', points };
    expect(paths(series, 0, 30)).toHaveLength(2);
    expect(paths({ ...series, points: [] }, 0, 0)).toEqual([]);
    expect(spanOf([series])).toEqual({ from: 0, to: 30 });
    expect(spanOf([])).toBeUndefined();
  });

  it('is old by the line, by a failure and by age', () => {
    const panel = { id: 'ups', ref: null, content: undefined, at: 0, intervalSeconds: 5, stale: false, failure: undefined };
    const live = { phase: 'live', since: 0 } as const;
    expect(freshnessOf(panel, { now: 15_000, offset: 0, link: live }).state).toBe('fresh');
    expect(freshnessOf(panel, { now: 15_001, offset: 0, link: live }).because).toBe('age');
    expect(freshnessOf({ ...panel, failure: 'no' }, { now: 0, offset: 0, link: live }).because).toBe('failure');
    expect(freshnessOf(panel, { now: 0, offset: 0, link: { phase: 'idle' } }).because).toBe('link');
  });
});
