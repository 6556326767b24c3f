import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FixtureServer } from '../test/fixture/fixtureServer';
import { foundProblem } from '../test/fixture/problems';
import { largeWorld } from '../test/fixture/world';
import { enter, openBrowser, SIZES, Visitor } from './browser';
import { violations } from './fixturePage';
import { ACCOUNT, fixture } from './target';

/** 32 nodes and 5,000 guests. */
let browser: Browser;
let server: FixtureServer;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  const big = await fixture(largeWorld(5_000));
  server = big.server;
  server.change('pve:home:node:pve07', { status: 'offline' }, ['cpu', 'memoryUsedBytes', 'uptimeSeconds']);
  server.change('pve:home:node:pve22', { stale: true, reason: 'No route to host', observedAt: new Date(Date.now() - 192_000).toISOString() });
  visitor = await Visitor.arrive(browser, big.url, SIZES.wide);
  page = visitor.page;
  await enter(page, server.setupToken, ACCOUNT);
  await page.locator('.gr.grp').first().waitFor();
});
afterEach(async () => {
  await visitor.leave();
  await server.stop();
  expect(visitor.complaints).toEqual([]);
});

const ref = (vmid: number) => `pve:home:guest:${String(vmid)}`;
const cards = () => page.locator('.node').evaluateAll((all) => all.map((card) => card.getAttribute('data-ref')?.split(':').at(-1)));
const rowCount = () => page.locator('[role=grid]').getAttribute('aria-rowcount');
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-ref'));

describe('32 nodes', () => {
  it('have a card where they are not well, the worst first, and a tile where they are', async () => {
    await expect.poll(cards).toEqual(['pve07', 'pve22']);
    await expect.poll(() => page.locator('[data-tile]').count()).toBe(30);
    await visitor.picture('wide-scale');
    expect(await violations(page)).toEqual([]);
  });

  it('open from a tile by keyboard and keep the focus, open and closed', async () => {
    const tile = page.locator('[data-tile] button[data-ref="pve:home:node:pve03"]');
    await tile.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await focused()).toBe('pve:home:node:pve02');
    await page.keyboard.press('Enter');
    await page.locator('.node[data-ref="pve:home:node:pve02"] [data-aspect="services"]').waitFor();
    await expect.poll(focused).toBe('pve:home:node:pve02');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('[data-aspect="services"]').count()).toBe(0);
    expect(await focused()).toBe('pve:home:node:pve02');
  });
});

describe('5,000 guests', () => {
  it('show those that want somebody, and the others closed by node', async () => {
    server.tellProblem(foundProblem({ ref: ref(1_500), name: 'guest-1500' }));
    await page.locator(`div[data-ref="${ref(1_500)}"]`).waitFor();
    await page.getByText('1 needs attention').waitFor();
    expect(await rowCount()).toBe('33');
    const group = page.locator('.gr.grp').first();
    await expect.poll(() => group.locator('button').getAttribute('aria-label')).toMatch(/^pve01: \d+ guests, all normal$/);
    const before = await rowCount();
    await group.locator('button').click();
    await expect.poll(rowCount).not.toBe(before);
    expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(3_500);
  });

  it('are filtered by node, tag, type and status', async () => {
    await page.locator('[data-facet="tag"]').selectOption('needle');
    await expect.poll(rowCount).toBe('100');
    await page.locator('[data-facet="type"]').selectOption('lxc');
    await page.locator('[data-facet="status"]').selectOption('running');
    await page.locator('[data-facet="node"]').selectOption('pve05');
    const wanted = [...server.items.values()].filter((item) => item.kind === 'guest' && (item['tags'] as string[]).includes('needle') && item['type'] === 'lxc' && item.status === 'running' && item['node'] === 'pve05');
    await expect.poll(async () => (await page.locator('.guests .note').textContent()) ?? '').toBe(`${String(wanted.length)} of 5,000`);
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await expect.poll(rowCount).toBe('32');
  });

  it('keep the focused row in the document and under the hand, wherever sorting or scrolling takes it', async () => {
    await page.locator('#guest-filter').fill('needle');
    await expect.poll(rowCount).toBe('100');
    await page.getByRole('button', { name: 'CPU %' }).click();
    const first = page.locator('.slot button.nm').first();
    await first.focus();
    const mine = await focused();
    const order = () => page.locator('.slot [role=row]').evaluateAll((rows) => rows.slice(0, 8).map((row) => row.closest('[data-ref]')?.getAttribute('data-ref')));
    const before = await order();
    server.changeMany([...server.items.values()].filter((item) => item.kind === 'guest' && item['cpu'] !== undefined).slice(0, 500).map((item) => ({ ref: item.ref, cpu: item.ref === mine ? 0.01 : 0.99 })));
    await page.locator('.slot .c-cpu .m').filter({ hasText: '99' }).first().waitFor();
    expect(await order()).toEqual(before);
    await page.locator('[data-list="guests"]').evaluate((list) => list.scrollTo({ top: 100_000 }));
    await expect.poll(() => page.locator('.slot button.nm').last().getAttribute('data-ref')).not.toBe(mine);
    expect(await focused()).toBe(mine);
  });
});
