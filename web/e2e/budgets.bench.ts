import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modes } from '../src/design/tokens';
import { largeWorld } from '../test/fixture/world';
import { enter, openBrowser, SIZES, Visitor } from './browser';
import { ACCOUNT, fixture, target } from './target';

/**
 * The page's budgets, measured: JARVIS_URL names a Jarvis (of any size) to load from and to idle before; the flood of
 * 500 changes a second among 5,000 guests comes from the fixture server. Prints a table and asserts nothing but that
 * there was something to measure. JARVIS_BENCH_SECONDS sets how long each is watched (20).
 */
const WATCHED_MS = Number(process.env['JARVIS_BENCH_SECONDS'] ?? '20') * 1_000;
const GUESTS = 5_000;
const FLOOD_PER_SECOND = 500;
const BATCHES_PER_SECOND = 10;
const rows: { what: string; value: string; budget: string }[] = [];

const note = (what: string, value: string, budget: string) => rows.push({ what, value, budget });
const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const percentile = (values: readonly number[], share: number) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
const pass = (page: Page, afterMs: number) => page.evaluate((wait) => new Promise((resolve) => setTimeout(resolve, wait)), afterMs);

/** The share of the time that the main thread had nothing to do. */
async function idle(page: Page, line: CDPSession): Promise<number> {
  const busy = async () => {
    const { metrics } = await line.send('Performance.getMetrics');
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
    return { at: of('Timestamp'), tasks: of('TaskDuration') };
  };
  await line.send('Performance.enable');
  const before = await busy();
  await pass(page, WATCHED_MS);
  const after = await busy();
  return 1 - (after.tasks - before.tasks) / (after.at - before.at);
}

interface Watch {
  frames: number[];
  longTasks: number[];
  /** How many rows each flush of changes drew anew. */
  flushes: number[];
}

async function watch(page: Page): Promise<Watch> {
  return page.evaluate(async (watchedMs) => {
    const seen = { frames: [] as number[], longTasks: [] as number[], flushes: [] as number[] };
    const tasks = new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.longTasks.push(entry.duration); });
    tasks.observe({ entryTypes: ['longtask'] });
    const changed = new Set<Element>();
    const mutations = new MutationObserver((records) => {
      for (const { target } of records) {
        const row = (target instanceof Element ? target : target.parentElement)?.closest('[role="row"], .node, [data-tile]');
        if (row) changed.add(row);
      }
    });
    mutations.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    const end = performance.now() + watchedMs;
    let last = performance.now();
    while (performance.now() < end) {
      const at = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      seen.frames.push(at - last);
      last = at;
      if (changed.size > 0) seen.flushes.push(changed.size);
      changed.clear();
    }
    tasks.disconnect();
    mutations.disconnect();
    return seen;
  }, WATCHED_MS);
}

/** The longest that a person waited for the page to draw what a key or a click did, as browsers count it. */
async function interactionToNextPaint(page: Page, interact: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const durations: number[] = [];
    Object.assign(window, { measuredInteractions: durations });
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) durations.push(entry.duration); }).observe({ type: 'event', durationThreshold: 16, buffered: false } as PerformanceObserverInit);
  });
  await interact();
  await pass(page, 300);
  return page.evaluate(() => Math.max(0, ...(window as unknown as { measuredInteractions: number[] }).measuredInteractions));
}

const nodes = (page: Page) => page.evaluate(() => document.querySelectorAll('*').length);
const running = (page: Page) => page.evaluate(() => document.getAnimations().filter((each) => each.playState === 'running').length);

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  const width = Math.max(...rows.map(({ what }) => what.length));
  console.log(rows.map(({ what, value, budget }) => `| ${what.padEnd(width)} | ${value.padStart(12)} | ${budget} |`).join('\n'));
});

describe('a Jarvis', () => {
  const size = process.env['JARVIS_BENCH_NAME'] ?? 'fixture';

  it('is loaded, looked at and left alone', async () => {
    const jarvis = await target();
    const visitor = await Visitor.arrive(browser, jarvis.url, SIZES.wide);
    const { page } = visitor;
    await enter(page, jarvis.setupToken, jarvis.account);
    const firstData = async () => {
      const from = Date.now();
      await page.goto(jarvis.url, { waitUntil: 'commit' });
      await page.locator('.node, [data-tile]').first().waitFor();
      return Date.now() - from;
    };
    const line = await visitor.context.newCDPSession(page);
    const cold: number[] = [];
    const warm: number[] = [];
    for (let round = 0; round < 5; round++) {
      await line.send('Network.clearBrowserCache');
      cold.push(await firstData());
      warm.push(await firstData());
    }
    note(`${size}: first data, cold`, ms(percentile(cold, 0.5)), '1.2 s');
    note(`${size}: first data, warm`, ms(percentile(warm, 0.5)), '600 ms');
    await page.locator('[data-link="live"]').waitFor();
    await pass(page, 5_000);
    note(`${size}: elements in the page`, String(await nodes(page)), '3,500');
    for (const mode of Object.keys(modes)) {
      await page.evaluate((wanted) => { document.documentElement.dataset['mode'] = wanted; }, mode);
      note(`${size}: main thread idle, ${mode}`, `${((await idle(page, line)) * 100).toFixed(1)} %`, { jarvis: '85 %', ops: '92 %', minimal: '95 %' }[mode] ?? '');
      note(`${size}: animations running, ${mode}`, String(await running(page)), '3');
    }
    const seen = await watch(page);
    note(`${size}: frame, p95`, `${percentile(seen.frames, 0.95).toFixed(1)} ms`, '16.7 ms');
    note(`${size}: longest task after load`, ms(Math.max(0, ...seen.longTasks)), '50 ms');
    const inp = await interactionToNextPaint(page, async () => {
      for (const key of ['1', 'j', 'j', 'Enter', 'Enter', 'k', '/']) await page.keyboard.press(key);
      await page.keyboard.type('pi');
      await page.keyboard.press('Escape');
    });
    note(`${size}: interaction to next paint`, ms(inp), '150 ms');
    expect(seen.frames.length).toBeGreaterThan(0);
    await visitor.leave();
    await jarvis.stop();
  });
});

describe('a flood', () => {
  it('of changes among 5,000 guests', async () => {
    const { server, url } = await fixture(largeWorld(GUESTS));
    const visitor = await Visitor.arrive(browser, url, SIZES.wide);
    const { page } = visitor;
    await enter(page, server.setupToken, ACCOUNT);
    await page.locator('[role="grid"]').waitFor();
    await pass(page, 5_000);
    // Rows of guests on the screen, and the worst of floods: one that changes all of these with each batch.
    await page.locator('[role="grid"] [aria-expanded="false"]').first().click();
    const guests = [...server.items.keys()].filter((ref) => ref.includes(':guest:'));
    const known = new Set(guests);
    const onScreen = (await page.locator('[role="grid"] [role="row"] [data-roving]').evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['ref'] ?? ''))).filter((ref) => known.has(ref));
    expect(onScreen.length).toBeGreaterThan(5);
    let at = 0;
    const flood = setInterval(() => {
      const refs = Array.from({ length: FLOOD_PER_SECOND / BATCHES_PER_SECOND }, (_, turn) => onScreen[turn] ?? guests[at++ % guests.length] ?? '');
      server.changeMany(refs.map((ref) => ({ ref, cpu: Math.round(Math.random() * 100) / 100 })));
    }, 1_000 / BATCHES_PER_SECOND);
    try {
      const line = await visitor.context.newCDPSession(page);
      const seen = await watch(page);
      note('flood: frame, p95', `${percentile(seen.frames, 0.95).toFixed(1)} ms`, '16.7 ms');
      note('flood: longest task', ms(Math.max(0, ...seen.longTasks)), '50 ms');
      note('flood: rows drawn by a flush, most', String(Math.max(0, ...seen.flushes)), '40');
      note('flood: main thread idle', `${((await idle(page, line)) * 100).toFixed(1)} %`, '70 %');
      note('flood: elements in the page', String(await nodes(page)), '3,500');
      const filter = page.locator('#guest-filter');
      await filter.focus();
      const inp = await interactionToNextPaint(page, async () => {
        await page.keyboard.type('needle');
      });
      note('flood: filter of 5,000 to next paint', ms(inp), '50 ms');
      expect(await page.locator('[role="grid"]').getAttribute('aria-rowcount')).toBe('100');
    } finally {
      clearInterval(flood);
    }
    await visitor.leave();
    await server.stop();
  });
});
