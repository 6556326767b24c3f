import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enter, openBrowser, Visitor } from './browser';
import { breakable, fault } from './faults';
import { target, type Target } from './target';

/** Plugs pulled under an open page, against the demo with its fault switches. */
describe.runIf(breakable)('a cluster that falls silent under an open page', () => {
  let browser: Browser;
  let jarvis: Target;
  let visitor: Visitor;

  beforeAll(async () => {
    [browser, jarvis] = await Promise.all([openBrowser(), target()]);
    visitor = await Visitor.arrive(browser, jarvis.url);
    await enter(visitor.page, jarvis.setupToken, jarvis.account);
  });
  afterAll(async () => {
    await visitor.leave();
    await browser.close();
    await jarvis.stop();
  });

  it('shows everything as stale, with the reason, and nothing as live', async () => {
    await fault('POST', 'silence');
    try {
      await visitor.page.locator('.node[data-stale="false"]').first().waitFor({ state: 'detached', timeout: 55_000 });
      expect(await visitor.page.locator('.node[data-stale="true"]').count()).toBeGreaterThan(0);
      await expect.poll(() => visitor.page.locator('.banner').textContent()).toMatch(/answer/);
      await visitor.picture('silent');
    } finally {
      await fault('DELETE', 'silence');
    }
  });

  it('recovers by itself within two readings', async () => {
    await visitor.page.locator('.banner').waitFor({ state: 'detached', timeout: 30_000 });
    await visitor.page.locator('.node[data-stale="true"]').first().waitFor({ state: 'detached', timeout: 30_000 });
    expect(await visitor.page.locator('.node[data-stale="false"]').count()).toBeGreaterThan(0);
  });

  it('threw no error on the way', () => {
    expect(visitor.complaints).toEqual([]);
  });
});
