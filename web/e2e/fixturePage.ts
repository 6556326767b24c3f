import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { FixtureServer } from '../test/fixture/fixtureServer';
import { enter, openBrowser, Visitor } from './browser';
import { ACCOUNT, fixture } from './target';

/** What a test of the page against the fixture server works with; fresh for each test, but for the browser. */
export interface Stage {
  browser: Browser;
  server: FixtureServer;
  url: string;
  visitor: Visitor;
  page: Page;
}

/** Sets the stage before each test of the calling file, and fails a test on whose way the page complained. */
export function staged(): Stage {
  const stage = {} as Stage;
  beforeAll(async () => {
    stage.browser = await openBrowser();
  });
  afterAll(async () => {
    await stage.browser.close();
  });
  beforeEach(async () => {
    Object.assign(stage, await fixture());
    stage.visitor = await Visitor.arrive(stage.browser, stage.url);
    stage.page = stage.visitor.page;
    await enter(stage.page, stage.server.setupToken, ACCOUNT);
  });
  afterEach(async () => {
    await stage.visitor.leave();
    await stage.server.stop();
    expect(stage.visitor.complaints).toEqual([]);
  });
  return stage;
}

/** Until what moves for a moment, such as colours after another mode was chosen, has come to rest; what moves for ever is not waited for. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const passing = document.getAnimations().filter(({ effect, playState }) => playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime));
    await Promise.allSettled(passing.map(({ finished }) => finished));
  });
}

/** What axe finds wrong on a page that stands still. */
export async function violations(page: Page): Promise<string[]> {
  await atRest(page);
  // Nobody reads where on the page is what is well, and there is no frame of another origin; both would take much of axe's time.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
  return (await axe.analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}
