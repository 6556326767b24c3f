import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enter, openBrowser, SIZES, Visitor } from './browser';
import { target, type Target } from './target';

/** Who is expected to answer a real Jarvis: `built-in`, or `claude`, whose words a script says. */
const TALKER = process.env['JARVIS_TALKER'];
const GUEST = { ref: 'pve:demo:guest:104', name: 'win11' };
const AT_WORK_MS = 60_000;

/** A newcomer talks to a real Jarvis over the lab, in a real browser. */
describe.runIf(TALKER)('a talk', () => {
  let browser: Browser;
  let jarvis: Target;
  let visitor: Visitor;
  const chat = () => visitor.page.locator('#chat');

  beforeAll(async () => {
    [browser, jarvis] = await Promise.all([openBrowser(), target()]);
    visitor = await Visitor.arrive(browser, jarvis.url, SIZES.wide);
    await enter(visitor.page, jarvis.setupToken, jarvis.account);
    await visitor.page.locator('[data-link="live"]').waitFor();
    await visitor.page.locator('.node').first().waitFor();
    // What was said before is there, so that what is said next is told from it.
    await chat().locator('.chat-in[aria-busy="false"]').waitFor();
  });
  afterAll(async () => {
    await visitor.leave();
    await browser.close();
    expect(visitor.complaints).toEqual([]);
  });

  const last = () => chat().locator('[data-role="assistant"]').last();
  const status = async () => {
    const reply = await visitor.page.request.get(new URL(`api/resources/${GUEST.ref}`, jarvis.url).href);
    return ((await reply.json()) as { status: string }).status;
  };
  const ask = async (text: string) => {
    const before = await chat().locator('[data-role="assistant"]').count();
    await visitor.page.keyboard.press('Escape');
    await visitor.page.keyboard.press('c');
    await visitor.page.keyboard.type(text);
    await visitor.page.keyboard.press('Enter');
    await expect.poll(() => chat().locator('[data-role="assistant"]').count()).toBe(before + 1);
  };
  const answered = () => expect.poll(() => last().getAttribute('data-whole'), { timeout: AT_WORK_MS }).toBe('true');

  it('tells how things are, and who says so', async () => {
    await ask("How's the cluster?");
    await answered();
    await expect.poll(() => last().locator('.md').textContent()).toContain('4 of 4 nodes');
    await expect.poll(() => last().locator('.by').textContent()).toContain(TALKER === 'built-in' ? 'built-in' : 'Claude');
  });

  it('starts what it is told to start, with no further word', async () => {
    expect(await status()).toBe('stopped');
    await ask(`start ${GUEST.name}`);
    await answered();
    await expect.poll(() => last().locator('[data-tool="start_vm"]').getAttribute('data-state')).toBe('SUCCEEDED');
    expect(await status()).toBe('running');
  });

  it('asks before it stops it again, and does so once a person holds the button', async () => {
    await ask('stop it again');
    const hold = last().getByRole('button', { name: 'Hold to approve' });
    await hold.waitFor();
    await visitor.page.keyboard.press('Enter');
    expect(await status()).toBe('running');
    await hold.click({ delay: 1_800 });
    await answered();
    await expect.poll(() => last().locator('[data-tool="stop_vm"]').getAttribute('data-state')).toBe('SUCCEEDED');
    expect(await status()).toBe('stopped');
  });

  it('says why, with what it relies on in the centre', async () => {
    await ask(TALKER === 'built-in' ? 'show me a chart of the cpu of titan' : 'why is titan slow?');
    await answered();
    const shown = visitor.page.getByRole('region', { name: 'Shown' });
    await shown.locator('svg, canvas').first().waitFor();
    expect(await shown.innerText()).toContain('titan');
  });

  it('refuses to pull its own plug, and says so', async () => {
    await ask('reboot the node that hosts you');
    await answered();
    await expect.poll(() => last().locator('.md').textContent()).toMatch(/never|runs outside/);
    expect(await chat().locator('[data-tool="reboot_node"][data-state="SUCCEEDED"]').count()).toBe(0);
  });
});
