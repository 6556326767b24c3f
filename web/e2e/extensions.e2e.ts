import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { jar, SIGNER } from '../test/fixture/extensions';
import { SIZES } from './browser';
import { staged, violations } from './fixturePage';

/** Code that somebody drops in waits on the screen, and only a person's effort lets it run. */
const stage = staged();

const card = (id: string) => stage.page.locator(`[data-consent="${id}"]`);
const hold = (id: string) => card(id).getByRole('button', { name: 'Hold to consent' });
const ready = async (button: Locator) => expect.poll(() => button.getAttribute('aria-disabled')).toBe('false');
const stateOf = (id: string) => stage.server.extensions.all.find((extension) => extension.id === id)?.state;
const decisions = () => stage.server.requests.filter((request) => request.startsWith('POST /api/extensions/')).length;

describe('an extension that waits', () => {
  it('says what it is, which jar exactly, what it asks for, and what consent means', async () => {
    const dropped = jar();
    stage.server.drop(dropped);
    await hold(dropped.id).waitFor();
    const text = await card(dropped.id).textContent();
    expect(text).toContain(dropped.sha256);
    for (const said of ['Night watch', '1.2.0', 'night-watch-1.2.0.jar', 'not signed', 'all of Jarvis’s authority', ...dropped.asks]) expect(text).toContain(said);
    await expect.poll(() => card(dropped.id).getByRole('checkbox').count()).toBe(0);
    await expect.poll(() => stage.page.locator('.hero').textContent()).toContain('One approval is waiting.');
  });

  it('runs after a whole hold, and not after one that was released early', async () => {
    const dropped = jar();
    stage.server.drop(dropped);
    await ready(hold(dropped.id));
    await hold(dropped.id).click({ delay: 700 });
    await stage.page.waitForTimeout(1_200);
    expect(decisions()).toBe(0);
    await hold(dropped.id).click({ delay: 1_700 });
    await expect.poll(() => stateOf(dropped.id)).toBe('running');
    await card(dropped.id).waitFor({ state: 'detached' });
    await stage.page.locator('[data-toast="done"]').getByText('It runs.').waitFor();
  });

  it('can be held with the keyboard, and a short press does nothing', async () => {
    const dropped = jar();
    stage.server.drop(dropped);
    await ready(hold(dropped.id));
    await stage.page.keyboard.press('a');
    expect(await card(dropped.id).evaluate((element) => element === document.activeElement)).toBe(true);
    await hold(dropped.id).focus();
    await stage.page.keyboard.press('Enter', { delay: 300 });
    await stage.page.waitForTimeout(1_500);
    expect(decisions()).toBe(0);
    await stage.page.keyboard.press('Enter', { delay: 1_700 });
    await expect.poll(() => stateOf(dropped.id)).toBe('running');
  });

  it('is deaf while it is new', async () => {
    const dropped = jar();
    // Pressed by the page itself, in the moment in which the card is drawn: no press from outside is that fast.
    await stage.page.evaluate(() => {
      const pressed = new Promise<string | null>((resolve) => {
        new MutationObserver((_, observer) => {
          const reject = document.querySelector<HTMLElement>('[data-consent] footer button:not(.hold)');
          if (!reject) return;
          observer.disconnect();
          reject.click();
          resolve(reject.getAttribute('aria-disabled'));
        }).observe(document.body, { subtree: true, childList: true });
      });
      Object.assign(window, { pressed });
    });
    stage.server.drop(dropped);
    expect(await stage.page.evaluate(() => (window as unknown as { pressed: Promise<string | null> }).pressed)).toBe('true');
    await ready(hold(dropped.id));
    expect(decisions()).toBe(0);
  });

  it('can be rejected', async () => {
    const dropped = jar();
    stage.server.drop(dropped);
    await ready(hold(dropped.id));
    await card(dropped.id).getByRole('button', { name: 'Reject' }).click();
    await expect.poll(() => stateOf(dropped.id)).toBe('rejected');
    await card(dropped.id).waitFor({ state: 'detached' });
  });

  it('pins its signer only when asked to', async () => {
    const signed = jar({ signer: SIGNER });
    stage.server.drop(signed);
    await ready(hold(signed.id));
    await expect.poll(() => card(signed.id).textContent()).toContain(SIGNER.fingerprint);
    expect(await card(signed.id).getByRole('checkbox').isChecked()).toBe(false);
    await card(signed.id).getByRole('checkbox').check();
    await hold(signed.id).click({ delay: 1_700 });
    await expect.poll(() => stage.server.extensions.pinned.has(SIGNER.fingerprint)).toBe(true);
  });

  it('says whose place it takes', async () => {
    const before = jar({ state: 'running' });
    stage.server.extensions.all.push(before);
    const next = jar({ file: 'night-watch-1.3.0.jar', version: '1.3.0', replaces: before.id });
    stage.server.drop(next);
    await card(next.id).getByText('Takes the place of version 1.2.0, which runs now.').waitFor();
  });

  it('tells who decided in another browser, then leaves', async () => {
    const dropped = jar();
    stage.server.drop(dropped);
    await hold(dropped.id).waitFor();
    stage.server.decideExtensionElsewhere(dropped.id, false);
    await card(dropped.id).getByText(/Rejected by mary/).waitFor();
    await expect.poll(() => hold(dropped.id).count()).toBe(0);
  });

  it('stays, with the reason, when the server refuses the decision', async () => {
    const dropped = jar();
    stage.server.drop(dropped);
    await ready(hold(dropped.id));
    stage.server.broken.add(`extensions/${dropped.id}`);
    await hold(dropped.id).click({ delay: 1_700 });
    await card(dropped.id).getByRole('note').getByText('the disk is full').waitFor();
    expect(stateOf(dropped.id)).toBe('awaiting-consent');
  });

  it('cannot be decided while the line is down', async () => {
    const dropped = jar();
    stage.server.drop(dropped);
    await ready(hold(dropped.id));
    stage.server.cut(true);
    await expect.poll(() => hold(dropped.id).getAttribute('aria-disabled')).toBe('true');
  });

  it('is drawn as text, in its bounds and in its own direction, whatever it says', async () => {
    const hostile = '<img src=x onerror=alert(1)>\u202egnp.exe\u0007\u200b';
    const dropped = jar({
      name: `${hostile}${'N'.repeat(4_000)}`, version: 'V'.repeat(900), file: `${'f'.repeat(3_000)}.jar`, symbolicName: 's'.repeat(3_000), description: `${hostile} ${'d'.repeat(9_000)}`,
      signer: { subject: `CN=${hostile}${'c'.repeat(3_000)}`, fingerprint: 'ab'.repeat(32) },
      asks: [...Array.from({ length: 150 }, (_, at) => `${hostile} ${String(at)} ${'a'.repeat(700)}`)],
    });
    stage.server.drop(dropped);
    await hold(dropped.id).waitFor();
    const text = (await card(dropped.id).textContent()) ?? '';
    expect(text).toContain('<img src=x onerror=alert(1)>');
    expect(text).toContain('50 more than fit here');
    // eslint-disable-next-line no-control-regex -- what must not be there
    expect(text).not.toMatch(/[\u0007\u200b\u202e]/);
    await expect.poll(() => card(dropped.id).locator('img, script').count()).toBe(0);
    for (const size of Object.values(SIZES)) {
      await stage.page.setViewportSize({ ...size });
      expect(await stage.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      expect(await card(dropped.id).evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
      await hold(dropped.id).scrollIntoViewIfNeeded();
    }
  });

  it.each(Object.entries(SIZES))('is accessible on a %s screen', async (name, size) => {
    await stage.page.setViewportSize({ ...size });
    stage.server.drop(jar({ signer: SIGNER }));
    stage.server.drop(jar({ file: 'another.jar', name: 'Another' }));
    stage.server.components = [{ name: 'mode', status: 'DEGRADED', detail: 'Safe mode: Jarvis was restarted 3 times in 10 minutes.' }, { name: 'storage', status: 'DEGRADED', detail: 'jarvis.db: the disk is full.' }];
    await stage.page.locator('[data-consent]').nth(1).waitFor();
    // Back on the line the page asks how the parts are.
    stage.server.cut();
    await stage.page.locator('[data-banner="mode"]').waitFor({ timeout: 20_000 });
    await ready(stage.page.getByRole('button', { name: 'Hold to consent' }).first());
    await stage.visitor.picture(`${name}-extension`);
    expect(await violations(stage.page)).toEqual([]);
    expect(await stage.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });
});
