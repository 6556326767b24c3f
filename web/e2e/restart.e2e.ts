import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enter, openBrowser, Visitor } from './browser';
import { target, type Target } from './target';

/** Jarvis itself pulled from under an open page: JARVIS_PLUGS is the address at which its plugs are pulled. */
const plugs = process.env['JARVIS_PLUGS'];

/** What DESIGN.md's rule 6 allows, and what a busy machine needs to draw it. */
const GONE_MS = 1_000;
const SILENT_MS = 3_000;
const BACK_MS = 2_000;
const DRAWN_MS = 2_000;

async function pull(plug: 'kill' | 'start' | 'freeze' | 'thaw'): Promise<void> {
  const reply = await fetch(`${plugs ?? ''}/${plug}`, { method: 'POST' });
  expect(reply.status).toBe(204);
}

describe.runIf(plugs !== undefined)('Jarvis pulled from under an open page', () => {
  let browser: Browser;
  let jarvis: Target;
  let visitor: Visitor;
  let waiting: string;

  const fresh = () => visitor.page.locator('[data-stale="false"]');
  const allStale = (within: number) => expect.poll(() => fresh().count(), { timeout: within + DRAWN_MS, interval: 50 }).toBe(0);
  const allWell = async (within: number) => {
    await visitor.page.locator('[data-link="live"]').waitFor({ timeout: within + DRAWN_MS });
    await expect.poll(() => visitor.page.locator('.node[data-stale="true"]').count(), { timeout: within + DRAWN_MS, interval: 50 }).toBe(0);
    expect(await visitor.page.locator('.node[data-stale="false"]').count()).toBeGreaterThan(0);
  };
  const stillTheSamePage = () => visitor.page.evaluate(() => document.documentElement.dataset['marked'] === 'yes');
  const guestSlot = () => visitor.page.locator('[data-list="guests"] div[data-ref]').filter({ has: visitor.page.locator('.acts') });

  beforeAll(async () => {
    [browser, jarvis] = await Promise.all([openBrowser(), target()]);
    visitor = await Visitor.arrive(browser, jarvis.url);
    await enter(visitor.page, jarvis.setupToken, jarvis.account);
    await visitor.page.evaluate(() => { document.documentElement.dataset['marked'] = 'yes'; });
    waiting = await askForAStop();
    await visitor.page.locator(`[data-approval="${waiting}"]`).waitFor();
    await visitor.page.locator('[data-list="guests"] button.nm').first().click();
    await guestSlot().locator('.acts button').first().waitFor();
  });
  afterAll(async () => {
    await visitor.leave();
    await browser.close();
    await jarvis.stop();
  });

  /** A token asks for what only a person can allow; it waits, whatever happens to Jarvis meanwhile. */
  async function askForAStop(): Promise<string> {
    const at = (path: string) => new URL(path, jarvis.url).href;
    const login = await fetch(at('api/auth/login'), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ...jarvis.account, kind: 'token' }) });
    const { token } = (await login.json()) as { token: string };
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
    const list = await fetch(at('api/resources?kind=guest&limit=100'), { headers });
    const { items } = (await list.json()) as { items: { type: string; status: string; protected?: boolean; template?: boolean; vmid: number; node: string }[] };
    const victim = items.find((each) => each.status === 'running' && each.type === 'qemu' && !each.protected && !each.template) ?? expect.fail('the lab has no machine to stop');
    const reply = await fetch(at('api/tools/stop_vm'), { method: 'POST', headers, body: JSON.stringify({ arguments: { node: victim.node, vmid: victim.vmid } }) });
    expect(reply.status).toBe(202);
    return ((await reply.json()) as { action: { approval: { id: string } } }).action.approval.id;
  }

  it('makes every value stale and switches actions off once it is killed', async () => {
    await pull('kill');
    await allStale(GONE_MS);
    await guestSlot().getByText('Actions are off until the line to Jarvis is back.').waitFor();
    await visitor.picture('killed');
  });

  it('is well again soon after it was started anew, the request still waiting, the page the same', async () => {
    await pull('start');
    await allWell(BACK_MS);
    await expect.poll(() => visitor.page.locator(`[data-approval="${waiting}"]`).count()).toBe(1);
    await expect.poll(() => guestSlot().count()).toBe(1);
    expect(await stillTheSamePage()).toBe(true);
    await expect.poll(() => visitor.page.locator('[data-banner="new-page"]').count()).toBe(0);
  });

  it('makes every value stale when it is frozen, though the line stands', async () => {
    await pull('freeze');
    try {
      await allStale(SILENT_MS);
    } finally {
      await pull('thaw');
    }
  });

  it('is well again soon after it goes on', async () => {
    await allWell(BACK_MS);
    expect(await stillTheSamePage()).toBe(true);
  });

  it('lets the request be decided that waited through all of it', async () => {
    const card = visitor.page.locator(`[data-approval="${waiting}"]`);
    await card.getByRole('button', { name: 'Reject' }).click();
    await card.waitFor({ state: 'detached' });
  });

  it('threw no error on the way', () => {
    expect(visitor.complaints).toEqual([]);
  });
});
