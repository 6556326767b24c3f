import { describe, expect, it } from 'vitest';
import { read, unread } from '../test/fixture/details';
import { SIZES } from './browser';
import { staged, violations } from './fixturePage';

const stage = staged();
const NODE = 'pve:home:node:cinder';
const card = () => stage.page.locator(`.node[data-ref="${NODE}"]`);
const open = async () => {
  await card().locator('button.nm').click();
  await card().locator('[data-aspect="services"]').waitFor();
};
const aspect = (name: string) => card().locator(`[data-aspect="${name}"]`);
const askedFor = (path: string) => stage.server.requests.filter((request) => request === `GET /api/resources/${encodeURIComponent(path)}`).length;

describe('a node opened in place', () => {
  it('reads 66 % used and not 84 %, since the ARC would give way, each part in GB', async () => {
    await expect.poll(() => card().locator('.mt .v').last().textContent()).toBe('66%');
    await open();
    await expect.poll(() => card().locator('[data-memory] li').allTextContents()).toEqual(['Used 42.2 GB', 'Cache + ARC 11.5 GB', 'Free 10.2 GB']);
  });

  it('says so where nobody told the cache apart', async () => {
    const atlas = stage.page.locator('.node[data-ref="pve:home:node:atlas"]');
    await atlas.locator('button.nm').click();
    await expect.poll(() => atlas.locator('[data-memory] li').allTextContents()).toEqual(['Used, cache included 37.1 GB', 'Free 26.9 GB']);
  });

  it('draws the last hour of CPU, memory and network', async () => {
    await open();
    const traces = card().locator('[data-traces] [role=img]');
    await expect.poll(() => traces.count()).toBe(3);
    await expect.poll(() => traces.first().getAttribute('aria-label')).toMatch(/^CPU: now \d+%, lowest \d+%, highest \d+%$/);
    await expect.poll(() => card().locator('[data-traces] path.line').first().getAttribute('d')).toMatch(/^M[\d.]+ [\d.]+L/);
  });

  it('opens the failed services by itself, the failed first', async () => {
    stage.server.aspects.set(NODE, { services: read({ services: [{ name: 'corosync', state: 'running', activeState: 'active', unitState: 'enabled' }, { name: 'pvestatd', state: 'failed', activeState: 'failed', unitState: 'enabled' }] }) });
    await open();
    await aspect('services').getByText('1 of 2 failed').waitFor();
    expect(await aspect('services').locator('[data-service]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-service')))).toEqual(['pvestatd', 'corosync']);
  });

  it('tells stale, missing and unreadable apart, and shows none of them as zero', async () => {
    stage.server.aspects.set(NODE, {
      disks: { ...read({ disks: [{ device: '/dev/sda', health: 'PASSED', attributes: [] }] }), observedAt: new Date(Date.now() - 600_000).toISOString(), code: 'unreachable', reason: 'No route to host' },
      zfs: unread('privilege-missing', 'Sys.Audit is missing on /nodes/cinder.'),
      updates: undefined,
      temperatures: read('warm'),
    });
    await open();
    await aspect('disks').getByText(/STALE 10 m/).waitFor();
    await aspect('disks').getByText('From before; it could not be read again: No route to host').waitFor();
    await aspect('zfs').getByText('Could not be read: Sys.Audit is missing on /nodes/cinder.').waitFor();
    await aspect('updates').getByText('not read yet').waitFor();
    await aspect('temperatures').getByText('It came in a form that this page does not know.').waitFor();
  });

  it('asks only while it is open, and for nothing of any guest', async () => {
    expect(stage.server.requests.filter((request) => /resources\/[^/]+$/.test(request))).toEqual([]);
    await open();
    await expect.poll(() => askedFor(NODE)).toBeGreaterThan(0);
    expect(stage.server.requests.filter((request) => request.includes('guest'))).toEqual([]);
    await card().locator('button.nm').click();
    await card().locator('[data-aspect]').first().waitFor({ state: 'detached' });
    const before = stage.server.requests.length;
    stage.server.change(NODE, { cpu: 0.77 });
    await card().getByText('77%').waitFor();
    expect(stage.server.requests.slice(before).filter((request) => request.includes('resources'))).toEqual([]);
  });

  it('makes what was read stale with the line, at once', async () => {
    await open();
    stage.server.cut(true);
    await expect.poll(() => aspect('services').getAttribute('data-standing'), { timeout: 2_000 }).toBe('stale');
  });

  it('opens by keyboard, keeps focus on its header, and has every section within reach', async () => {
    await card().locator('button.nm').focus();
    await stage.page.keyboard.press('Enter');
    await aspect('disks').waitFor();
    expect(await card().locator('button.nm').evaluate((button) => button === document.activeElement)).toBe(true);
    await aspect('disks').getByRole('button', { name: 'Disks' }).focus();
    await stage.page.keyboard.press('Enter');
    await aspect('disks').getByText('97% life left').waitFor();
  });

  it.each(Object.entries(SIZES))('is accessible and fits at %s', async (name, size) => {
    await stage.page.setViewportSize({ ...size });
    await open();
    for (const title of ['Services', 'Disks', 'Temperatures', 'Updates', 'Tasks']) await card().getByRole('button', { name: title, exact: true }).click();
    await card().locator('[data-task]').first().waitFor();
    await stage.visitor.picture(`${name}-node`);
    expect(await violations(stage.page)).toEqual([]);
    expect(await stage.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });
});
