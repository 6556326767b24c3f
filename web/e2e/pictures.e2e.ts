import { statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { enter, openBrowser, SIZES, Visitor, type Size } from './browser';
import { breakable, fault } from './faults';
import { target, type Target } from './target';

/**
 * The pictures of the README, taken of the demo as it is now. JARVIS_README is the folder that they go to: with
 * `mvn verify -Djarvis.pictures=docs/images` they replace those that the README shows.
 */
const OPENED = 'pve:demo:node:mimas';

describe.runIf(breakable)('the pictures of the README', () => {
  let browser: Browser;
  let jarvis: Target;

  beforeAll(async () => {
    [browser, jarvis] = await Promise.all([openBrowser(), target()]);
    await fault('POST', `guest-crash?vmid=${String(await running())}`);
  });
  afterAll(async () => {
    await browser.close();
    await jarvis.stop();
  });

  /** A guest that may crash. */
  async function running(): Promise<number> {
    const visitor = await Visitor.arrive(browser, jarvis.url);
    try {
      await enter(visitor.page, jarvis.setupToken, jarvis.account);
      const reply = await visitor.page.request.get(new URL('api/resources?kind=guest&limit=100', jarvis.url).href);
      const { items } = (await reply.json()) as { items: { vmid: number; status: string; protected?: boolean; template?: boolean }[] };
      return items.find((each) => each.status === 'running' && !each.protected && !each.template)?.vmid ?? expect.fail('the lab has no guest that may crash');
    } finally {
      await visitor.leave();
    }
  }

  async function taken(name: string, size: Size, mode: string, prepare: (visitor: Visitor) => Promise<void>): Promise<void> {
    const visitor = await Visitor.arrive(browser, jarvis.url, size);
    try {
      await visitor.page.evaluate((worn) => {
        localStorage.setItem('jarvis.mode', worn);
      }, mode);
      await visitor.page.reload();
      await enter(visitor.page, jarvis.setupToken, jarvis.account);
      await visitor.page.locator('[data-kind="guest-crashed"]').first().waitFor({ timeout: 45_000 });
      await prepare(visitor);
      const file = await visitor.picture(name, process.env['JARVIS_README']);
      expect(statSync(file).size).toBeGreaterThan(20_000);
      expect(visitor.complaints).toEqual([]);
    } finally {
      await visitor.leave();
    }
  }

  it('show a house with something to mend', () =>
    taken('dashboard', SIZES.wide, 'jarvis', async ({ page }) => {
      await page.locator(`.node[data-ref="${OPENED}"] button.nm`).click();
      await page.locator(`.node[data-ref="${OPENED}"]`).getByRole('button', { name: 'Show chart' }).click();
      await page.locator('.presented [data-chart]').first().waitFor();
    }));

  it('show it on a phone', () => taken('phone', SIZES.phone, 'jarvis', () => Promise.resolve()));

  it('show it without ornament', () => taken('minimal', SIZES.laptop, 'minimal', () => Promise.resolve()));
});
