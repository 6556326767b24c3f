import { describe, expect, it } from 'vitest';
import { panel } from '../test/fixture/panels';
import { SIZES } from './browser';
import { staged, violations } from './fixturePage';

/** What extensions show comes and goes on the open page, drawn in Jarvis's own way. */
const stage = staged();

const HOSTILE = '<img src=x onerror=alert(1)>\u202egnp.exe';
const card = (id: string) => stage.page.locator(`[data-panel="${id}"]`);
const askedFor = () => [...stage.server.panels.shown.values()].flat();
const bringAll = () => {
  const at = Date.now();
  stage.server.bringPanel(panel());
  stage.server.bringPanel(panel({
    id: 'promised', title: 'Memory promised',
    content: { kind: 'table', columns: [{ title: 'Node', type: 'resource', unit: '' }, { title: 'Promised', type: 'number', unit: 'B' }], rows: [[{ ref: 'pve:home:node:pve1', name: 'pve1' }, { number: 42e9 }], [{ ref: 'pve:home:node:gone', name: HOSTILE.repeat(3) }, null]], more: 3 },
  }));
  stage.server.bringPanel(panel({
    id: 'load', title: 'Load',
    content: { kind: 'series', series: [{ name: 'Load', unit: 'W', points: Array.from({ length: 60 }, (_, i) => ({ at: new Date(at - (60 - i) * 60_000).toISOString(), value: i > 20 && i < 26 ? null : 300 + 80 * Math.sin(i / 6) })) }] },
  }));
  stage.server.bringPanel(panel({
    id: 'router', title: 'Router',
    content: { kind: 'log', lines: Array.from({ length: 120 }, (_, i) => ({ at: new Date(at - (120 - i) * 1_000).toISOString(), level: i % 17 === 0 ? 'warning' : 'info', text: i === 119 ? HOSTILE : `line ${String(i)} of the router, long enough to be wrapped where the column is narrow` })) },
  }));
  stage.server.bringPanel(panel({
    id: 'do', title: 'To do',
    content: { kind: 'actions', offers: [
      { label: 'Refresh', tool: 'stop_vm', arguments: { node: 'pve1', vmid: 101 }, title: 'Shut down', schema: {}, tier: 'RED', effect: 'disrupts', consent: 'hold', available: true },
      { label: 'Prune', tool: 'delete_backup', arguments: {}, title: 'Delete backup', schema: {}, tier: 'RED', effect: 'destroys', consent: 'typed', available: false, reason: 'It is protected.' },
    ] },
  }));
};

describe('a panel', () => {
  it('comes, shows what is new, and goes, without a reload', async () => {
    await expect.poll(() => stage.page.locator('.panels').count()).toBe(0);
    stage.server.bringPanel(panel());
    await card('ups').getByText('42%').waitFor();
    await expect.poll(askedFor).toEqual([{ id: 'ups', ref: null }]);
    stage.server.bringPanel(panel({ content: { kind: 'stats', stats: [{ label: 'Load', value: { number: 97 }, unit: '%', severity: 'critical', trend: null }] } }));
    await card('ups').getByText('97%').waitFor();
    await expect.poll(() => card('ups').locator('[data-plate="critical"]').count()).toBe(1);
    stage.server.takePanel('ups');
    await card('ups').waitFor({ state: 'detached' });
    await expect.poll(askedFor).toEqual([]);
  });

  it('is stale with the reason where it fails, and with the line', async () => {
    stage.server.bringPanel(panel());
    await card('ups').getByText('42%').waitFor();
    stage.server.bringPanel(panel({ failure: 'It takes longer than 2000 ms.' }));
    await card('ups').getByText('It takes longer than 2000 ms.').waitFor();
    await expect.poll(() => card('ups').getAttribute('data-stale')).toBe('true');
    stage.server.bringPanel(panel());
    await expect.poll(() => card('ups').getAttribute('data-stale')).toBe('false');
    stage.server.cut();
    await expect.poll(() => card('ups').getAttribute('data-stale'), { timeout: 5_000 }).toBe('true');
  });

  it('alarms nobody with what is old: its shapes are outlined', async () => {
    const lines = { kind: 'log', lines: [{ at: new Date().toISOString(), level: 'error', text: 'the link is down' }] };
    const fill = () => card('router').locator('.g-critical .fill').evaluate((shape) => getComputedStyle(shape).fill);
    stage.server.bringPanel(panel({ id: 'router', title: 'Router', content: lines }));
    await card('router').getByText('the link is down').waitFor();
    expect(await fill()).not.toBe('none');
    stage.server.bringPanel(panel({ id: 'router', title: 'Router', content: lines, failure: 'It takes longer than 2000 ms.' }));
    await expect.poll(() => card('router').getAttribute('data-stale')).toBe('true');
    expect(await fill()).toBe('none');
  });

  it('stands within the resource that is open, and is asked only then', async () => {
    stage.server.bringPanel(panel({ id: 'within', title: 'Within', subject: 'guest' }));
    await expect.poll(() => stage.server.panels.all.size).toBe(1);
    expect(askedFor()).toEqual([]);
    const guest = stage.page.locator('.guests [data-roving]').first();
    await guest.click();
    await card('within').getByText('42%').waitFor();
    const [asked] = askedFor();
    expect(asked?.ref).toMatch(/^pve:home:guest:/);
    await guest.click();
    await expect.poll(askedFor).toEqual([]);
  });

  it('offers what the tool itself is called, and leads into its consent', async () => {
    bringAll();
    await card('do').getByText('Does: Shut down').waitFor();
    await expect.poll(() => card('do').getByRole('button', { name: 'Prune' }).getAttribute('aria-disabled')).toBe('true');
    await card('do').getByText('It is protected.').waitFor();
    const refresh = card('do').getByRole('button', { name: 'Refresh' });
    await expect.poll(() => refresh.getAttribute('aria-disabled')).toBe('false');
    await refresh.focus();
    await stage.page.keyboard.press('Enter');
    await stage.page.getByRole('dialog').getByText('Shut down').first().waitFor();
  });

  it.each(Object.entries(SIZES))('keeps within its bounds, and to axe, at %s', async (_, size) => {
    await stage.page.setViewportSize({ ...size });
    bringAll();
    await card('router').getByText('gnp.exe').waitFor();
    await card('do').getByText('It is protected.').waitFor();
    await expect.poll(() => stage.page.locator('[data-panel] img').count()).toBe(0);
    expect(await stage.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    for (const box of await stage.page.locator('.panel-box').all()) expect((await box.boundingBox())?.height ?? 0).toBeLessThanOrEqual(241);
    expect(await violations(stage.page)).toEqual([]);
  });
});
