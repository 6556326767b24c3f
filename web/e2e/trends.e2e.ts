import { describe, expect, it } from 'vitest';
import { modeNames } from '../src/design/tokens';
import { plannedFor } from '../test/fixture/problems';
import { SIZES } from './browser';
import { staged, violations } from './fixturePage';

/** How things went: the nodes side by side, the day beneath the verdict, what the guests move, and what fills up. */
const stage = staged();
const DUNE = 'pve:home:node:dune', TANK = 'pve:home:storage:cinder:tank';
const wear = async (mode: string) => {
  await stage.page.setViewportSize({ ...SIZES.wide });
  await stage.page.getByRole('radio', { name: mode }).click();
};

describe('MINIMAL', () => {
  const grid = () => stage.page.locator('[data-trends]');
  const column = (ref: string) => stage.page.locator(`[data-trend-of="${ref}"]`);

  it('puts the nodes side by side, each row on one scale, and only there', async () => {
    await wear('OPS');
    expect(await grid().count()).toBe(0);
    await wear('MINIMAL');
    await grid().getByText('last hour, same scale across nodes').waitFor();
    await expect.poll(() => grid().locator('[data-trend-of]').count()).toBe(4);
    await expect.poll(() => grid().locator('[data-trend] path').evaluateAll((paths) => paths.filter((path) => path.getAttribute('d')?.startsWith('M') === true).length)).toBe(12);
    const spoken = await grid().getByRole('img').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
    expect(spoken).toHaveLength(12);
    for (const one of spoken) expect(one).toMatch(/^(atlas|beacon|cinder|dune), (CPU %|RAM %|Net): \S.* at last, lowest \S.*, highest \S.*$/);
    expect(await grid().locator('button, [tabindex]').count()).toBe(0);
    await wear('JARVIS');
    await expect.poll(() => grid().count()).toBe(0);
  });

  it('hatches a node that fell silent, and sets off one with a problem', async () => {
    await wear('MINIMAL');
    await column(DUNE).waitFor();
    stage.server.change(DUNE, { stale: true });
    await expect.poll(() => column(DUNE).getAttribute('class')).toContain('stl');
    const truenas = stage.server.items.get('pve:home:guest:120'), cinder = stage.server.items.get('pve:home:node:cinder');
    if (!truenas || !cinder) return expect.fail('the world has no truenas or no cinder');
    stage.server.tellProblem({ ...plannedFor(truenas, cinder), kind: 'node-cpu-high', title: 'Processors busy', severity: 'warning' });
    await expect.poll(() => column(cinder.ref).getAttribute('class')).toContain('loud');
    expect(await violations(stage.page)).toEqual([]);
    await stage.visitor.picture('trends-minimal');
  });

  it('fits a laptop, and does without on a phone', async () => {
    await wear('MINIMAL');
    await grid().waitFor();
    await stage.page.setViewportSize({ ...SIZES.laptop });
    await expect.poll(async () => (await column(DUNE).boundingBox())?.width ?? 0).toBeGreaterThan(90);
    const box = await grid().boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(SIZES.laptop.height - 34);
    await stage.page.setViewportSize({ ...SIZES.phone });
    await expect.poll(() => grid().count()).toBe(0);
  });
});

describe('the verdict', () => {
  it('has the load of the last day beneath it where there is room', async () => {
    await wear('JARVIS');
    const day = stage.page.locator('.day');
    await day.getByText('cluster load, 24 h').waitFor();
    await expect.poll(() => day.getByRole('img').getAttribute('aria-label')).toMatch(/^Load of home in the last day: from \d+% to \d+%$/);
    await wear('MINIMAL');
    await expect.poll(() => day.isVisible()).toBe(false);
    await stage.page.setViewportSize({ ...SIZES.laptop });
    await expect.poll(() => day.count()).toBe(0);
  });

  it('calls a dead node one matter, before and after Jarvis calls it a problem', async () => {
    const head = () => stage.page.locator('.hero h1').textContent();
    stage.server.change(DUNE, { status: 'offline' }, ['cpu', 'memoryUsedBytes', 'uptimeSeconds']);
    stage.server.change('pve:home:cluster', { status: 'degraded', nodesOnline: 3, reason: 'Not online: dune.' });
    await expect.poll(head).toBe('One matter needs you now.');
    await expect.poll(() => stage.page.locator('.hero p').textContent()).toBe('dune is offline.');
    const truenas = stage.server.items.get('pve:home:guest:120'), dune = stage.server.items.get(DUNE);
    if (!truenas || !dune) return expect.fail('the world has no truenas or no dune');
    stage.server.tellProblem({ ...plannedFor(truenas, dune), kind: 'node-offline', title: 'Node offline', summary: 'dune is offline, and with it pihole.', affected: { total: 0, items: [] } });
    await expect.poll(() => stage.page.locator('.hero p').textContent()).toBe('dune is offline, and with it pihole.');
    expect(await head()).toBe('One matter needs you now.');
  });

  it('leaves a node alone that somebody works on', async () => {
    stage.server.care.workElsewhere(DUNE, new Date(Date.now() + 3_600_000).toISOString(), '');
    stage.server.change(DUNE, { status: 'offline' }, ['cpu', 'memoryUsedBytes', 'uptimeSeconds']);
    await stage.page.locator('.node').getByText('OFFLINE').waitFor();
    await expect.poll(() => stage.page.locator('.hero h1').textContent()).toMatch(/report\.$/);
  });
});

describe('the totals', () => {
  it('tell what the guests move where there is room, and nothing of it while the line is down', async () => {
    await stage.page.setViewportSize({ ...SIZES.wide });
    const net = stage.page.locator('[data-total="Net"]');
    await expect.poll(() => net.locator('[title]').getAttribute('title')).toMatch(/^The guests receive [\d.]+ Mb\/s and send [\d.]+ Mb\/s\.$/);
    stage.server.cut(true);
    await expect.poll(() => net.locator('.n').first().textContent()).toBe('–');
    stage.server.heal();
    await stage.page.setViewportSize({ ...SIZES.laptop });
    await expect.poll(() => net.count()).toBe(0);
  });

  it('never lie over what stands beside them, at any width', async () => {
    const { page, server } = stage;
    await page.setViewportSize({ ...SIZES.wide });
    server.crash('pve:home:guest:102');
    server.change(DUNE, { stale: true });
    await page.locator('[data-total="Problems"] [data-plate]').waitFor();
    // The courses beside the totals take three points, five seconds apart.
    await page.locator('.vit .spark').first().waitFor({ timeout: 30_000 });
    const over: string[] = [];
    for (const mode of modeNames) {
      await page.evaluate((wanted) => { document.documentElement.dataset['mode'] = wanted; }, mode);
      for (let width = 1_024; width <= 1_920; width += 64) {
        await page.setViewportSize({ width, height: 900 });
        await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
        const outside = await page.locator('.vit').evaluate((box) => {
          const { left, right } = box.getBoundingClientRect();
          return [...box.children].filter((child) => child.checkVisibility() && (child.getBoundingClientRect().left < left - 1 || child.getBoundingClientRect().right > right + 1)).map((child) => child.getAttribute('data-total'));
        });
        if (outside.length > 0) over.push(`${outside.join(' ')} at ${String(width)} in ${mode}`);
      }
    }
    expect(over).toEqual([]);
  });

  it('do not count as used what the ARC would give up', async () => {
    await stage.page.setViewportSize({ ...SIZES.wide });
    await expect.poll(() => stage.page.locator('[data-total="RAM"] .n').first().textContent()).toBe('54%');
    await expect.poll(() => stage.page.locator('[data-total="RAM"] .cached').textContent()).toBe('+4 cache');
  });
});

describe('a storage', () => {
  const fact = () => stage.page.locator(`[role=listitem][data-ref="${TANK}"] .det > div`).filter({ hasText: 'Full in' }).locator('dd');
  const open = () => stage.page.locator(`[role=listitem][data-ref="${TANK}"] button.nm`).click();

  it('says when it will be full', async () => {
    await open();
    await expect.poll(() => fact().textContent()).toMatch(/^\d+ d, at 12\.0 GB a day$/);
  });

  it('says what it does not know, and asks again for what is being reckoned', async () => {
    stage.server.details.growths.set(TANK, { state: 'asked' });
    await open();
    await expect.poll(() => fact().textContent()).toBe('being reckoned');
    stage.server.details.growths.set(TANK, { state: 'too-little' });
    await expect.poll(() => fact().textContent(), { timeout: 15_000 }).toBe('not enough history');
  });
});
