import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FixtureServer } from '../test/fixture/fixtureServer';
import { guest, largeWorld } from '../test/fixture/world';
import { enter, openBrowser, SIZES, Visitor } from './browser';
import { violations } from './fixturePage';
import { ACCOUNT, fixture } from './target';

/** What the page does when things go wrong, which only a server with faults on demand can show. */
let browser: Browser;
let server: FixtureServer;
let url: string;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  ({ server, url } = await fixture());
  visitor = await Visitor.arrive(browser, url);
  page = visitor.page;
  await enter(page, server.setupToken, ACCOUNT);
});
afterEach(async () => {
  await visitor.leave();
  await server.stop();
  expect(visitor.complaints).toEqual([]);
});

const ref = (vmid: number) => `pve:home:guest:${String(vmid)}`;
const row = (vmid: number) => page.locator(`div[data-ref="${ref(vmid)}"]`);
const openRow = async (vmid: number) => {
  await row(vmid).locator('button.nm').click();
  await row(vmid).locator('.acts').waitFor();
};

describe('staleness', () => {
  it('makes every value stale within a second of the socket’s end, and heals', async () => {
    server.cut(true);
    await page.locator('.node[data-stale="false"]').first().waitFor({ state: 'detached', timeout: 1_000 });
    expect(await page.locator('[data-stale="false"]').count()).toBe(0);
    await expect.poll(() => page.locator('[data-total="CPU"] .n').first().textContent()).toBe('–');
    await page.locator('[data-bar]').waitFor();
    server.heal();
    await page.locator('[data-link="live"]').waitFor();
    await expect.poll(() => page.locator('[data-stale="true"]').count()).toBe(0);
  });

  it('makes every value stale when the server is connected but silent', async () => {
    server.fallSilent();
    await page.locator('.node[data-stale="false"]').first().waitFor({ state: 'detached', timeout: 5_000 });
    await expect.poll(() => page.locator('[data-bar="silent"]').count()).toBe(1);
  });

  it('hatches one silent node, keeps its last value and leaves it out of the totals', async () => {
    server.change('pve:home:node:dune', { stale: true, reason: 'No route to host', observedAt: new Date(Date.now() - 192_000).toISOString() });
    const dune = page.locator('.node[data-ref="pve:home:node:dune"]');
    await dune.getByText(/STALE 3 m 1\d s/).waitFor();
    await expect.poll(() => dune.locator('.mt .v').first().textContent()).toBe('18%');
    await page.getByText('3 of 4 reporting').first().waitFor();
  });

  it('ages values whose source is not heard of any more', async () => {
    server.stopPolling(new Date(Date.now() - 45_000).toISOString());
    await expect.poll(() => page.locator('.node[data-stale="true"]').count(), { timeout: 10_000 }).toBe(4);
    await page.locator('[data-link="live"]').waitFor();
    await expect.poll(() => page.locator('.node[data-stale="true"]').count()).toBe(4);
  });

  it('switches actions off with the reason while the line is down', async () => {
    await openRow(102);
    server.cut(true);
    await row(102).getByText('Actions are off until the line to Jarvis is back.').waitFor();
    await expect.poll(() => row(102).getByRole('button', { name: 'Shut down' }).getAttribute('aria-disabled')).toBe('true');
  });

  it('keeps what it had, as stale, behind the login form when the session ends', async () => {
    server.endSessions();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.locator('.node[data-stale="true"]').count()).toBe(4);
    await page.getByLabel('Password', { exact: true }).fill(ACCOUNT.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect.poll(() => page.locator('.node[data-stale="false"]').count()).toBe(4);
  });
});

describe('a newer page', () => {
  const breakAndReturn = async () => {
    const looked = page.waitForResponse((reply) => reply.url() === url);
    server.cut();
    await (await looked).finished();
    await page.locator('[data-link="live"]').waitFor();
  };

  it('is offered once the line is back, and loaded by a click only', async () => {
    server.updated = true;
    server.cut();
    const banner = page.locator('[data-banner="new-page"]');
    await banner.getByText('NEW PAGE', { exact: true }).waitFor();
    expect(await violations(page)).toEqual([]);
    await banner.getByRole('button', { name: 'Load the new page' }).click();
    await banner.waitFor({ state: 'detached' });
    await page.locator('[data-link="live"]').waitFor();
    await breakAndReturn();
    expect(await banner.count()).toBe(0);
  });

  it('is not offered where the same one is served', async () => {
    await breakAndReturn();
    expect(await page.locator('[data-banner="new-page"]').count()).toBe(0);
  });
});

describe('what is missing', () => {
  it.each([
    ['missing', { connection: 'missing', reason: 'Bundle org.jarvis.connector.proxmox was removed.' }, 'CONNECTOR GONE'],
    ['failing', { connection: 'failing', status: 'unreachable', reason: 'Connection refused' }, 'UNREACHABLE'],
  ])('says so while the cluster is %s, and stops saying so', async (_, changes, plate) => {
    server.change('pve:home:cluster', changes);
    const banner = page.locator('.banner');
    await banner.getByText(plate, { exact: true }).waitFor();
    await banner.getByText(changes.reason).waitFor();
    server.change('pve:home:cluster', { connection: 'live', status: 'online' }, ['reason']);
    await banner.waitFor({ state: 'detached' });
  });

  it('explains what to configure where no cluster is', async () => {
    for (const each of [...server.items.keys()]) server.remove(each);
    await page.getByText('Connect a cluster').waitFor();
    await page.getByText('etc/org.jarvis.connector.proxmox-home.cfg').waitFor();
    expect(await violations(page)).toEqual([]);
    await visitor.picture('laptop-unconfigured');
  });
});

describe('consent', () => {
  it('shows a request from elsewhere and who decided it elsewhere', async () => {
    const id = server.askFromElsewhere('stop_vm', ref(160));
    const card = page.locator(`[data-approval="${id}"]`);
    await card.getByText('ci-runner').waitFor();
    await card.getByText('from the API').waitFor();
    server.decideElsewhere(id, 'reject');
    await card.getByText(/Rejected by mary/).waitFor();
  });

  it('approves a request from elsewhere by holding with the pointer', async () => {
    const id = server.askFromElsewhere('stop_vm', ref(160));
    const hold = page.locator(`[data-approval="${id}"]`).getByRole('button', { name: 'Hold to approve' });
    await expect.poll(() => hold.getAttribute('aria-disabled')).toBe('false');
    await hold.click({ delay: 1_700 });
    await expect.poll(() => server.items.get(ref(160))?.status).toBe('stopped');
  });

  it('lets a typed name through only when it is the target’s', async () => {
    const id = server.askFromElsewhere('delete_vm', ref(140));
    const card = page.locator(`[data-approval="${id}"]`);
    const runButton = card.getByRole('button', { name: 'Run' });
    await card.getByRole('textbox').fill('win11');
    expect(await runButton.isDisabled()).toBe(true);
    await card.getByRole('textbox').fill('win11-lab');
    await expect.poll(() => runButton.isDisabled()).toBe(false);
    await runButton.click();
    await expect.poll(() => server.items.has(ref(140))).toBe(false);
  });

  it('starts over when the plan changed between looking and holding', async () => {
    await openRow(102);
    await row(102).getByRole('button', { name: 'Shut down' }).click();
    const hold = page.getByRole('button', { name: 'Hold to run' });
    await hold.waitFor();
    server.change(ref(102), { tags: ['prod', 'moved'] });
    await hold.click({ delay: 1_700 });
    await page.getByRole('note').getByText('The plan changed since you looked.').waitFor();
    expect(server.items.get(ref(102))?.status).toBe('running');
    await page.getByRole('button', { name: 'Hold to run' }).click({ delay: 1_700 });
    await expect.poll(() => server.items.get(ref(102))?.status).toBe('stopped');
    await expect.poll(() => page.locator('[data-approval]').count()).toBe(0);
  });

  it('draws a form for arguments that the menu cannot know', async () => {
    await openRow(102);
    await row(102).getByRole('button', { name: 'Snapshot', exact: true }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('This is needed.').waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('before-update');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.locator('[data-toast="SUCCEEDED"]').waitFor();
    expect(server.actions[0]?.arguments).toMatchObject({ vmid: 102, name: 'before-update', withMemory: false });
  });

  it('deletes only after the name of the target was typed', async () => {
    await openRow(140);
    await row(140).getByRole('button', { name: 'Delete' }).click();
    const sheet = page.locator('.sheet');
    await sheet.getByRole('textbox').fill('win11-lab');
    await sheet.getByRole('button', { name: 'Run' }).click();
    await expect.poll(() => server.items.has(ref(140))).toBe(false);
  });

  it('undoes a start from its toast, which then asks for consent like any stop', async () => {
    await openRow(140);
    await row(140).getByRole('button', { name: 'Start', exact: true }).click();
    await page.locator('[data-toast="SUCCEEDED"]').getByRole('button', { name: 'Undo' }).click();
    await page.locator('[data-approval]').getByRole('heading', { name: 'Shut down' }).waitFor();
  });
});

describe('small courtesies', () => {
  it('brings an opened guest into view down to its actions', async () => {
    const last = await page.locator('[data-list="guests"] .slot button.nm').last().getAttribute('data-ref');
    const slot = page.locator(`div[data-ref="${last ?? ''}"]`);
    await slot.locator('button.nm').click();
    await slot.locator('.acts button').first().waitFor();
    const floor = async () => {
      const [list, acts] = await Promise.all([page.locator('[data-list="guests"]').boundingBox(), slot.locator('.acts').boundingBox()]);
      return list && acts ? list.y + list.height - (acts.y + acts.height) : -1;
    };
    await expect.poll(floor).toBeGreaterThanOrEqual(0);
  });

  it('keeps the name of an open guest with its details, wherever the list is scrolled', async () => {
    const list = page.locator('[data-list="guests"]');
    const last = list.locator('.slot button.nm').last();
    const slot = page.locator(`div[data-ref="${(await last.getAttribute('data-ref')) ?? ''}"]`);
    await page.locator('#guest-filter').fill(await last.innerText());
    await slot.locator('button.nm').click();
    await slot.locator('.acts button').first().waitFor();
    await page.locator('#guest-filter').fill('');
    for (const scrolled of [0, 40, 100]) {
      await list.evaluate((scroller, top) => {
        scroller.scrollTo({ top });
      }, scrolled);
      const [shown, whole, name] = await Promise.all([list.boundingBox(), slot.boundingBox(), slot.locator('.gr').boundingBox()]);
      expect(name?.y).toBeCloseTo(Math.max(shown?.y ?? 0, whole?.y ?? 0), 0);
    }
  });

  it('takes back what it said against a field once the field is edited', async () => {
    const fresh = await fixture();
    const newcomer = await Visitor.arrive(browser, fresh.url);
    try {
      await newcomer.page.getByLabel('Setup token').fill('wrong');
      for (const label of ['Password', 'Password again']) await newcomer.page.getByLabel(label, { exact: true }).fill(ACCOUNT.password);
      await newcomer.page.getByRole('button', { name: 'Create account' }).click();
      await newcomer.page.locator('[name="token"][aria-invalid="true"]').waitFor();
      await newcomer.page.getByLabel('Setup token').fill('another');
      expect(await newcomer.page.locator('[aria-invalid="true"]').count()).toBe(0);
    } finally {
      await newcomer.leave();
      await fresh.server.stop();
    }
  });
});

describe('hostile and many', () => {
  it('draws a guest’s name as text, whatever it says', async () => {
    server.add(guest(666, '<img src=x onerror=alert(1)>', 'atlas', 'qemu', true, 0.1, 0.1, { tags: ['<script>alert(2)</script>'] }));
    await page.locator('#guest-filter').fill('666');
    await openRow(666);
    await row(666).getByText('<script>alert(2)</script>').waitFor();
    expect(await page.locator('#left img, #left script').count()).toBe(0);
  });

  it('keeps 5,000 guests and 500 changes a second within its bounds', async () => {
    const big = await fixture(largeWorld(5_000));
    const guestVisitor = await Visitor.arrive(browser, big.url, SIZES.wide);
    try {
      await enter(guestVisitor.page, big.server.setupToken, ACCOUNT);
      await guestVisitor.page.locator('.gr:not(.hd)').first().waitFor();
      const refs = [...big.server.items.keys()].filter((key) => key.includes(':guest:'));
      for (let second = 0; second < 3; second++) {
        big.server.changeMany(refs.slice(second * 500, second * 500 + 500).map((each) => ({ ref: each, cpu: Math.round(Math.random() * 100) / 100 })));
        await guestVisitor.page.waitForFunction((n) => document.querySelectorAll('*').length > n, 100);
      }
      expect(await guestVisitor.page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(3_500);
      await expect.poll(() => guestVisitor.page.locator('[role=grid]').getAttribute('aria-rowcount')).toBe('32');
      await guestVisitor.page.locator('#guest-filter').fill('needle');
      await expect.poll(() => guestVisitor.page.locator('[role=grid]').getAttribute('aria-rowcount')).toBe('100');
      await guestVisitor.picture('wide-5000');
      expect(guestVisitor.complaints).toEqual([]);
    } finally {
      await guestVisitor.leave();
      await big.server.stop();
    }
  });
});

describe('keyboard', () => {
  it('reaches, expands and acts on a guest without a pointer, and gives focus back', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('home-assistant');
    await expect.poll(() => page.locator('[role=grid]').getAttribute('aria-rowcount')).toBe('1');
    const toggle = row(102).locator('button.nm');
    await toggle.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => toggle.getAttribute('aria-expanded')).toBe('true');
    expect(new URL(page.url()).searchParams.get('open')).toBe(ref(102));
    await page.keyboard.press('.');
    const item = page.getByRole('menuitem', { name: /Shut down/ });
    await item.waitFor();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => item.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => toggle.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('moves through the nodes with J and K by one tab stop', async () => {
    await page.keyboard.press('1');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('cinder');
    await page.keyboard.press('k');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('beacon');
    expect(await page.locator('[data-list=nodes] [data-roving][tabindex="0"]').count()).toBe(1);
  });
});

describe('every size', () => {
  it.each(Object.entries(SIZES))('%s is accessible, healthy and in trouble', async (name, size) => {
    await page.setViewportSize({ ...size });
    await page.locator('.hero').waitFor();
    await visitor.picture(`${name}-healthy`);
    expect(await violations(page)).toEqual([]);
    server.askFromElsewhere('stop_vm', ref(160));
    server.askFromElsewhere('delete_vm', ref(140));
    server.change('pve:home:node:dune', { stale: true, reason: 'No route to host', observedAt: new Date(Date.now() - 192_000).toISOString() });
    server.change('pve:home:node:beacon', { status: 'offline' }, ['cpu', 'memoryUsedBytes', 'uptimeSeconds']);
    await page.locator('[data-approval]').first().waitFor();
    await page.locator('.node[data-ref="pve:home:node:cinder"] button.nm').click();
    await page.locator('.node .acts').first().waitFor();
    await visitor.picture(`${name}-trouble`);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });

  it('keeps targets large enough', async () => {
    await openRow(102);
    const small = await page.locator('button:visible, input:visible').evaluateAll((controls) =>
      controls.filter((control) => control.getBoundingClientRect().height < 28).map((control) => control.textContent),
    );
    expect(small).toEqual([]);
  });
});
