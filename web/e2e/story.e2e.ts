import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enter, openBrowser, Visitor } from './browser';
import { target, type Target } from './target';

/**
 * The story of a newcomer, against any Jarvis: JARVIS_URL and JARVIS_SETUP_TOKEN name one (JARVIS_USER and
 * JARVIS_PASSWORD once it has an account); without them the fixture server plays it.
 */
let browser: Browser;
let jarvis: Target;
let visitor: Visitor;

interface Guest {
  ref: string;
  name: string;
  status: string;
  protected?: boolean;
  template?: boolean;
  stale: boolean;
}

async function guests(): Promise<Guest[]> {
  const reply = await visitor.page.request.get(new URL('api/resources?kind=guest&limit=100', jarvis.url).href);
  return ((await reply.json()) as { items: Guest[] }).items;
}

async function guestWhere(wanted: (guest: Guest) => boolean): Promise<Guest> {
  const found = (await guests()).find((guest) => !guest.template && wanted(guest));
  return found ?? expect.fail('the cluster has no such guest');
}

async function statusOf(ref: string): Promise<string | undefined> {
  return (await guests()).find((guest) => guest.ref === ref)?.status;
}

const slot = (ref: string) => visitor.page.locator(`div[data-ref="${ref}"]`);

async function openGuest(guest: Guest): Promise<void> {
  await visitor.page.locator('#guest-filter').fill(guest.name);
  const toggle = slot(guest.ref).locator('button.nm');
  if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
  await slot(guest.ref).locator('.acts').waitFor();
}

beforeAll(async () => {
  [browser, jarvis] = await Promise.all([openBrowser(), target()]);
  visitor = await Visitor.arrive(browser, jarvis.url);
});
afterAll(async () => {
  await visitor.leave();
  await browser.close();
  await jarvis.stop();
});

describe('the thin line', () => {
  it('shows nothing of a cluster before somebody is in, then a living one', async () => {
    await visitor.page.getByRole('heading', { level: 1 }).waitFor();
    await expect.poll(() => visitor.page.locator('.node').count()).toBe(0);
    await enter(visitor.page, jarvis.setupToken, jarvis.account);
    expect(await visitor.page.locator('.node').count()).toBeGreaterThan(0);
    await expect.poll(() => visitor.page.locator('[data-total="CPU"] .n').first().textContent()).toMatch(/^\d+%$/);
    await expect.poll(() => visitor.page.locator('[data-total="Quorum"] .n').first().textContent()).toMatch(/^\d+$/);
  });

  it('draws no filled plate while all is well', async () => {
    await expect.poll(() => visitor.page.locator('[data-plate="critical"], [data-plate="warning"]').count()).toBe(0);
  });

  it('starts a guest with one click and follows it to its end', async () => {
    const guest = await guestWhere(({ status, protected: guarded }) => status === 'stopped' && !guarded);
    await openGuest(guest);
    await slot(guest.ref).getByRole('button', { name: 'Start', exact: true }).click();
    await visitor.page.locator('[data-toast="SUCCEEDED"]').waitFor({ timeout: 45_000 });
    await expect.poll(() => statusOf(guest.ref), { timeout: 20_000 }).toBe('running');
    await visitor.page.locator('.av-item[data-state="SUCCEEDED"]', { hasText: guest.name }).first().waitFor();
  });

  it('asks before a guest is stopped: nothing happens without the whole hold', async () => {
    const guest = await guestWhere(({ status, protected: guarded, stale }) => status === 'running' && !guarded && !stale);
    await openGuest(guest);
    await slot(guest.ref).getByRole('button', { name: 'Shut down' }).click();
    const hold = visitor.page.getByRole('button', { name: 'Hold to run' });
    await hold.waitFor();
    expect(await visitor.page.locator('.sheet .cons').textContent()).not.toBe('');
    await hold.click();
    await hold.click({ delay: 600 });
    expect(await visitor.page.getByRole('button', { name: 'Hold to run' }).isVisible()).toBe(true);
    expect(await statusOf(guest.ref)).toBe('running');

    await hold.focus();
    await visitor.page.keyboard.down('Enter');
    await visitor.page.locator('.sheet').waitFor({ state: 'detached' });
    await visitor.page.keyboard.up('Enter');
    await expect.poll(() => statusOf(guest.ref), { timeout: 45_000 }).toBe('stopped');
    await visitor.page.locator('.av-item[data-state="SUCCEEDED"]', { hasText: guest.name }).first().waitFor({ timeout: 45_000 });
  });

  it('keeps a protected guest’s stop on screen, disabled, with the reason', async () => {
    const guest = await guestWhere(({ protected: guarded, status }) => guarded === true && status === 'running');
    await openGuest(guest);
    const stop = slot(guest.ref).getByRole('button', { name: 'Shut down' });
    await expect.poll(() => stop.getAttribute('aria-disabled')).toBe('true');
    await expect.poll(() => slot(guest.ref).locator('.reasons').textContent()).toMatch(/protected/i);
    await stop.click({ force: true });
    await expect.poll(() => visitor.page.locator('.sheet').count()).toBe(0);
  });

  it('is still signed in after a reload, and can still write', async () => {
    await visitor.page.reload();
    await visitor.page.locator('[data-link="live"]').waitFor();
    const guest = await guestWhere(({ status, protected: guarded }) => status === 'stopped' && !guarded);
    await openGuest(guest);
    await slot(guest.ref).getByRole('button', { name: 'Start', exact: true }).click();
    await expect.poll(() => statusOf(guest.ref), { timeout: 45_000 }).toBe('running');
  });

  it('shows nothing any more after signing out', async () => {
    await visitor.page.getByRole('button', { name: 'Sign out' }).click();
    await visitor.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await expect.poll(() => visitor.page.locator('.node').count()).toBe(0);
  });

  it('broke no policy and threw no error on the way', () => {
    expect(visitor.complaints).toEqual([]);
  });
});
