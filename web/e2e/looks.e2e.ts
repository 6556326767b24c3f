import { describe, expect, it } from 'vitest';
import { modes } from '../src/design/tokens';
import { enter, SIZES, Visitor } from './browser';
import { staged, violations } from './fixturePage';
import { faintTexts } from './pixelContrast';
import { ACCOUNT } from './target';

/** How the page looks to people who see, read and move differently, in every mode and size. */
const stage = staged();
const MODES = Object.keys(modes);
const CASES = MODES.flatMap((mode) => Object.entries(SIZES).map(([name, size]) => ({ mode, name, size })));

/** Everything at once that has a colour of its own. */
async function trouble(): Promise<void> {
  const { server, page } = stage;
  server.askFromElsewhere('stop_vm', 'pve:home:guest:160');
  server.askFromElsewhere('delete_vm', 'pve:home:guest:140');
  server.crash('pve:home:guest:102');
  server.change('pve:home:node:dune', { stale: true, reason: 'No route to host', observedAt: new Date(Date.now() - 192_000).toISOString() });
  server.change('pve:home:node:beacon', { status: 'offline' }, ['cpu', 'memoryUsedBytes', 'uptimeSeconds']);
  await page.locator('[data-approval]').first().waitFor();
  await page.locator('[data-problem]').first().waitFor();
}

const setMode = (mode: string) => stage.page.evaluate((wanted) => { document.documentElement.dataset['mode'] = wanted; }, mode);
const fits = () => stage.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

describe('every text can be read, and nothing is wrong for axe', () => {
  it.each(CASES)('$mode, $name', async ({ mode, name, size }) => {
    await stage.page.setViewportSize({ ...size });
    await setMode(mode);
    expect(await faintTexts(stage.page)).toEqual([]);
    await trouble();
    await stage.visitor.picture(`look-${mode}-${name}`);
    expect(await faintTexts(stage.page)).toEqual([]);
    expect(await violations(stage.page)).toEqual([]);
    expect(await fits()).toBe(true);
  });
});

describe('other ways to look at it', () => {
  it('holds at 200 % zoom, which halves what fits', async () => {
    await stage.page.setViewportSize({ width: SIZES.laptop.width / 2, height: SIZES.laptop.height / 2 });
    await trouble();
    await stage.visitor.picture('look-zoomed');
    expect(await fits()).toBe(true);
    expect(await violations(stage.page)).toEqual([]);
  });

  it('holds with forced colours', async () => {
    await stage.page.emulateMedia({ forcedColors: 'active' });
    await trouble();
    await stage.visitor.picture('look-forced-colours');
    expect(await faintTexts(stage.page)).toEqual([]);
    // Colours are measured above: axe reckons with those that the system has replaced.
    expect((await violations(stage.page)).filter((each) => !each.startsWith('color-contrast'))).toEqual([]);
  });

  it.each(['protanopia', 'deuteranopia', 'tritanopia'] as const)('tells severities apart by shape and word with %s', async (type) => {
    const line = await stage.visitor.context.newCDPSession(stage.page);
    await line.send('Emulation.setEmulatedVisionDeficiency', { type });
    await trouble();
    await stage.visitor.picture(`look-${type}`);
    const plates = await stage.page.locator('[data-plate]:visible').evaluateAll((all) => all.map((plate) => ({ shape: plate.querySelector('svg') !== null, word: plate.textContent.trim() !== '' })));
    expect(plates.length).toBeGreaterThan(0);
    expect(plates.filter(({ shape, word }) => !shape || !word)).toEqual([]);
  });

  it('moves nothing by itself where motion is unwanted', async () => {
    const calm = await Visitor.arrive(stage.browser, stage.url, SIZES.wide, true);
    try {
      await enter(calm.page, stage.server.setupToken, ACCOUNT);
      for (const mode of MODES) {
        await calm.page.evaluate((wanted) => { document.documentElement.dataset['mode'] = wanted; }, mode);
        await trouble();
        const moving = () => calm.page.evaluate(() => document.getAnimations().filter((each) => each.playState === 'running').length);
        await expect.poll(moving).toBe(0);
      }
      expect(calm.complaints).toEqual([]);
    } finally {
      await calm.leave();
    }
  });
});

describe('a healthy house', () => {
  it.each(MODES)('has no filled plate in %s, and its totals are on screen', async (mode) => {
    await stage.page.setViewportSize({ ...SIZES.wide });
    await setMode(mode);
    await expect.poll(() => stage.page.locator('[data-plate="critical"], [data-plate="warning"]').count()).toBe(0);
    for (const total of ['CPU', 'RAM', 'Storage', 'Guests', 'Quorum']) expect(await stage.page.locator(`[data-total="${total}"]`).isVisible()).toBe(true);
  });
});
