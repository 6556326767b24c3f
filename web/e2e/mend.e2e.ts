import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enter, openBrowser, Visitor } from './browser';
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

/** A guest that crashes under an open page, against the demo with its fault switches. */
describe.runIf(breakable)('a guest that crashes under an open page', () => {
  let browser: Browser;
  let jarvis: Target;
  let visitor: Visitor;
  let guest: Guest;

  const guests = async (): Promise<Guest[]> => {
    const reply = await visitor.page.request.get(new URL('api/resources?kind=guest&limit=100', jarvis.url).href);
    return ((await reply.json()) as { items: Guest[] }).items;
  };
  const statusOf = async (ref: string) => (await guests()).find((each) => each.ref === ref)?.status;
  const card = () => visitor.page.locator('[data-kind="guest-crashed"]').filter({ has: visitor.page.locator('h3', { hasText: guest.name }) });

  beforeAll(async () => {
    [browser, jarvis] = await Promise.all([openBrowser(), target()]);
    visitor = await Visitor.arrive(browser, jarvis.url);
    await enter(visitor.page, jarvis.setupToken, jarvis.account);
    const wanted = (each: Guest) => each.status === 'running' && !each.template && !each.protected && !each.stale;
    guest = (await guests()).find(wanted) ?? expect.fail('the lab has no guest that may crash');
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
    await visitor.picture('crashed');
  });

  it('runs again after one click on what mends it', async () => {
    const fix = card().locator('.hd [data-fix="click"]');
    await expect.poll(() => fix.getAttribute('aria-disabled')).toBe('false');
    await fix.click();
    await visitor.page.locator('[data-toast="SUCCEEDED"]').waitFor({ timeout: 45_000 });
    await expect.poll(() => statusOf(guest.ref), { timeout: 45_000 }).toBe('running');
  });

  it('has its card ticked, which then leaves', async () => {
    await card().and(visitor.page.locator('[data-resolved="true"]')).waitFor({ timeout: 45_000 });
    await card().getByText('RESOLVED').waitFor();
    await visitor.picture('mended');
    await card().waitFor({ state: 'detached', timeout: 15_000 });
  });

  it('broke no policy and threw no error on the way', () => {
    expect(visitor.complaints).toEqual([]);
  });
});
