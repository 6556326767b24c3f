import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enter, openBrowser, SIZES, Visitor, type Size } from './browser';
import { breakable, fault } from './faults';
import { target, type Target } from './target';

interface Guest {
  ref: string;
  name: string;
  status: string;
  vmid: number;
  protected?: boolean;
  template?: boolean;
  stale: boolean;
}

type Fix = (visitor: Visitor, button: Locator) => Promise<void>;

/** Each with a guest of its own: one that crashes again and again is another story. */
const WAYS: { way: string; size: Size; at: number; fix: Fix }[] = [
  { way: 'by one click', size: SIZES.wide, at: 0, fix: async (_, button) => button.click() },
  {
    way: 'by keys alone', size: SIZES.laptop, at: 1,
    fix: async ({ page }, button) => {
      await page.keyboard.press('f');
      await expect.poll(() => button.evaluate((element) => element === document.activeElement)).toBe(true);
      await page.keyboard.press('Enter');
    },
  },
  { way: 'by touch on a phone', size: SIZES.phone, at: 2, fix: async (_, button) => button.tap() },
];

/** A guest that crashes under an open page, against the demo with its fault switches. */
describe.runIf(breakable).each(WAYS)('a guest that crashes under an open page, mended $way', ({ way, size, at, fix }) => {
  let browser: Browser;
  let jarvis: Target;
  let visitor: Visitor;
  let guest: Guest;
  let began: string;

  const ask = async <T>(path: string): Promise<T[]> => {
    const reply = await visitor.page.request.get(new URL(path, jarvis.url).href);
    return ((await reply.json()) as { items: T[] }).items;
  };
  const guests = () => ask<Guest>('api/resources?kind=guest&limit=100');
  const statusOf = async (ref: string) => (await guests()).find((each) => each.ref === ref)?.status;
  const card = () => visitor.page.locator('[data-kind="guest-crashed"]').filter({ has: visitor.page.locator('h3', { hasText: guest.name }) });
  const named = way.replaceAll(' ', '-');

  beforeAll(async () => {
    [browser, jarvis] = await Promise.all([openBrowser(), target()]);
    visitor = await Visitor.arrive(browser, jarvis.url, size);
    await enter(visitor.page, jarvis.setupToken, jarvis.account);
    const wanted = (each: Guest) => each.status === 'running' && !each.template && !each.protected && !each.stale;
    began = new Date().toISOString();
    guest = (await guests()).filter(wanted)[at] ?? expect.fail('the lab has no guest that may crash');
  });
  afterAll(async () => {
    await visitor.leave();
    await browser.close();
    await jarvis.stop();
  });

  // How bad it is depends on what the journal tells, and a lab faster than real tells it for another time.
  it('is a problem, with what was seen', async () => {
    await fault('POST', `guest-crash?vmid=${String(guest.vmid)}`);
    await card().getByText(/^(CRITICAL|WARNING)$/).waitFor({ timeout: 45_000 });
    expect(await card().locator('.ev dd').count()).toBeGreaterThan(0);
    await expect.poll(() => visitor.page.locator('[data-total="Problems"] :is([data-plate="critical"], [data-plate="warning"])').count()).toBe(1);
    await visitor.picture(`crashed-${named}`);
  });

  it('runs again after what mends it', async () => {
    const button = card().locator('[data-fix="click"]').first();
    await expect.poll(() => button.getAttribute('aria-disabled')).toBe('false');
    await fix(visitor, button);
    await visitor.page.locator('[data-toast="SUCCEEDED"]').waitFor({ timeout: 45_000 });
    await expect.poll(() => statusOf(guest.ref), { timeout: 45_000 }).toBe('running');
  });

  it('has its card ticked, which then leaves', async () => {
    await card().and(visitor.page.locator('[data-resolved="true"]')).waitFor({ timeout: 45_000 });
    await card().getByText('RESOLVED').waitFor();
    await visitor.picture(`mended-${named}`);
    await card().waitFor({ state: 'detached', timeout: 15_000 });
  });

  it('is told in the activity, which offers to take it back, and in the audit', async () => {
    if (size === SIZES.phone) await visitor.page.locator('.tb button', { hasText: 'Jarvis' }).tap();
    const item = visitor.page.locator('.av-item[data-state="SUCCEEDED"]', { hasText: guest.name }).first();
    await item.waitFor();
    await item.locator('[data-undo], [data-reverse]').first().waitFor();
    for (const type of ['problem.raised', 'problem.resolved']) await visitor.page.locator(`[data-event="${type}"]`, { hasText: guest.name }).first().waitFor();
    const records = await ask<{ at: string; activity: string; detail: { targets?: string[]; state?: string } }>('api/audit?order=newest&limit=50');
    expect(records.filter(({ at: when, activity, detail }) => when > began && activity === 'action.ended' && detail.state === 'SUCCEEDED' && detail.targets?.includes(guest.ref))).toHaveLength(1);
  });

  it('broke no policy and threw no error on the way', () => {
    expect(visitor.complaints).toEqual([]);
  });
});
