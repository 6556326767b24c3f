import { describe, expect, it } from 'vitest';
import { enter, SIZES, Visitor } from './browser';
import { staged } from './fixturePage';
import { ACCOUNT } from './target';

/** What happens once: the first seconds of a day, a new critical problem, a screen on a wall. */
const stage = staged();

describe('the first seconds of a day', () => {
  const arrive = async (reducedMotion = false) => {
    const visitor = await Visitor.arrive(stage.browser, `${stage.url}?boot`, SIZES.laptop, reducedMotion);
    await visitor.page.getByLabel('User name').fill(ACCOUNT.username);
    await visitor.page.getByLabel('Password', { exact: true }).fill(ACCOUNT.password);
    await visitor.page.evaluate(() => {
      const seen: string[] = [];
      const counts = new MutationObserver(() => {
        const boot = document.querySelector('[data-boot]');
        if (boot) seen.push(boot.textContent);
      });
      counts.observe(document.body, { childList: true, subtree: true, characterData: true });
      Object.assign(window, { seen });
    });
    await visitor.page.getByRole('button', { name: 'Sign in' }).click();
    return visitor;
  };
  const seen = (visitor: Visitor) => visitor.page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  const boot = (visitor: Visitor) => visitor.page.locator('[data-boot]');

  it('tell what was asked and what came back, over a page that fills meanwhile, and only once', async () => {
    const visitor = await arrive();
    try {
      await boot(visitor).waitFor();
      await boot(visitor).waitFor({ state: 'detached' });
      const last = (await seen(visitor)).at(-1) ?? '';
// On a busy machine some of it may not have answered in time: then it says that, and nothing else.
      for (const [name, said] of [['Clusters', '1 cluster, 4 of 4 votes'], ['Nodes', '4 of 4 report'], ['Guests', '10 of 12 run'], ['Problems', 'none open']]) expect(last).toMatch(new RegExp(`${String(name)}(${String(said)}|asking)`));
      expect(last).toContain('Jarvis 0.1.0, up');
      await visitor.page.reload();
      await visitor.page.locator('.node').first().waitFor();
      expect(await boot(visitor).count()).toBe(0);
      expect(visitor.complaints).toEqual([]);
    } finally {
      await visitor.leave();
    }
  });

  it('are over at the first key, which does what it does', async () => {
    const visitor = await arrive();
    try {
      await boot(visitor).waitFor();
      await visitor.page.keyboard.press('m');
      expect(await boot(visitor).count()).toBe(0);
      expect(await visitor.page.evaluate(() => document.documentElement.dataset['mode'])).toBe('ops');
    } finally {
      await visitor.leave();
    }
  });

  it('are spared those who asked for less motion', async () => {
    const visitor = await arrive(true);
    try {
      await visitor.page.locator('.node').first().waitFor();
      expect(await seen(visitor)).toEqual([]);
    } finally {
      await visitor.leave();
    }
  });
});

describe('a new critical problem', () => {
  it('sounds and notifies where somebody asked for it: once for each, and not twice a minute', async () => {
    await stage.page.evaluate(() => {
      const heard = { notified: [] as string[], tones: 0 };
      class Silent {
        static readonly permission = 'granted';
        static readonly requestPermission = () => Promise.resolve('granted');
        onclick: unknown;
        constructor(title: string) {
          heard.notified.push(title);
        }
      }
      class Counting extends AudioContext {
        override createOscillator() {
          heard.tones += 1;
          return super.createOscillator();
        }
      }
      Object.assign(window, { heard, Notification: Silent, AudioContext: Counting });
    });
    const heard = () => stage.page.evaluate(() => (window as unknown as { heard: { notified: string[]; tones: number } }).heard);
    stage.server.crash('pve:home:guest:102');
    await stage.page.locator('[data-problem]').waitFor();
    expect(await heard()).toEqual({ notified: [], tones: 0 });

    await stage.page.keyboard.press('Control+k');
    await stage.page.getByRole('combobox').fill('>sound');
    await stage.page.keyboard.press('Enter');
    await stage.page.getByRole('checkbox', { name: 'Play a sound' }).check();
    await stage.page.getByRole('checkbox', { name: 'Show a notification' }).check();
    await stage.page.getByRole('button', { name: 'Play it now' }).click();
    await expect.poll(async () => (await heard()).tones).toBe(2);
    await stage.page.keyboard.press('Escape');

    const found = stage.server.crash('pve:home:guest:160');
    await expect.poll(heard).toEqual({ notified: ['Jarvis: Guest crashed: postgres'], tones: 4 });
    stage.server.tellProblem(found, 'changed');
    stage.server.crash('pve:home:guest:120');
    await expect.poll(() => stage.page.locator('[data-problem]').count()).toBe(3);
    await stage.page.waitForFunction((since) => Date.now() > since + 2_200, Date.now());
    expect((await heard()).notified).toHaveLength(1);
  });
});

describe('the wall view', () => {
  it('opens the worst problem, holds the screen awake, and has nothing that acts', async () => {
    stage.server.crash('pve:home:guest:160');
    stage.server.askFromElsewhere('stop_vm', 'pve:home:guest:102');
    await stage.page.addInitScript(() => {
      Object.defineProperty(navigator, 'wakeLock', { value: { request: (what: string) => Promise.resolve(Object.assign(window, { held: what })).then(() => ({ release: () => Promise.resolve() })) } });
    });
    await stage.page.setViewportSize({ ...SIZES.wide });
    const before = stage.server.requests.length;
    await stage.page.goto(`${stage.url}?wall=1`);
    await stage.page.locator('[data-problem] [aria-expanded="true"]').first().waitFor();
    await stage.page.locator('[data-approval]').waitFor();
    await stage.page.locator('html[data-wall]').waitFor();
    await stage.visitor.picture('wall');
    expect(await stage.page.evaluate(() => (window as unknown as { held?: string }).held)).toBe('screen');

    const acting = await stage.page.locator('#app :is(button, input, select, textarea, .hold)').evaluateAll((controls) => controls.filter((control) => control.checkVisibility() && !control.matches('.nm, [data-roving], .gr.hd button')).map(({ textContent }) => textContent));
    expect(acting).toEqual([]);
    expect(await stage.page.locator('#app').getAttribute('inert')).not.toBeNull();
    for (const key of ['f', 'Enter', 'a', 'Enter', '.', 'Control+k', 'Control+Alt+h']) await stage.page.keyboard.press(key);
    expect(stage.server.requests.slice(before).filter((request) => !request.startsWith('GET'))).toEqual([]);
    expect(Math.round((await stage.page.locator('#rail').boundingBox())?.height ?? 0) + Math.round((await stage.page.locator('#rail').boundingBox())?.y ?? 0)).toBeGreaterThan(SIZES.wide.height - 12);
    expect(await stage.page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight].every((over) => over <= 4))).toBe(true);

    await stage.page.getByRole('button', { name: 'Leave the wall view' }).focus();
    await stage.page.keyboard.press('Enter');
    await stage.page.getByRole('button', { name: 'Hold to approve' }).waitFor();
  });
});

describe('another account', () => {
  it('is let in on a wall as anywhere', async () => {
    const visitor = await Visitor.arrive(stage.browser, `${stage.url}?wall=1`);
    try {
      await enter(visitor.page, stage.server.setupToken, ACCOUNT);
      await expect.poll(() => visitor.page.locator('.node').count()).toBe(4);
    } finally {
      await visitor.leave();
    }
  });
});
