import { describe, expect, it } from 'vitest';
import { ACCOUNT } from './target';
import { staged, violations } from './fixturePage';
import { SIZES } from './browser';

/** A person's own shell in the page, under the policy that allows no inline style. */
const stage = staged();
const SHOWN = 15_000;

const terminal = () => {
  const found = stage.server.terminals.all[0];
  if (!found) throw new Error('No terminal is open.');
  return found;
};
const rows = () => stage.page.locator('.term:not([hidden]) .xterm-rows');
const shows = (text: string) => expect.poll(() => rows().textContent(), { timeout: SHOWN }).toContain(text);
const press = (keys: string) => stage.page.keyboard.press(keys);
const type = async (text: string) => {
  await stage.page.keyboard.type(text);
};
const phase = (name: string) => stage.page.locator(`.term:not([hidden]) .term-phase[data-phase="${name}"]`).waitFor();

async function ask(): Promise<void> {
  await stage.page.locator('div[data-ref="pve:home:guest:110"] button.nm').click();
  await stage.page.locator('div[data-ref="pve:home:guest:110"] .dots').click();
  await stage.page.getByRole('menuitem', { name: 'Open terminal' }).click();
  await stage.page.getByLabel('Your password, once more').waitFor();
}

async function open(): Promise<void> {
  await ask();
  await stage.page.getByLabel('Your password, once more').fill(ACCOUNT.password);
  await stage.page.getByRole('button', { name: 'Hold to open' }).click({ delay: 1_700 });
  await phase('live');
  await shows('shell>');
}

async function paste(text: string): Promise<void> {
  await stage.page.locator('.xterm-helper-textarea').evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

describe('opening a terminal', () => {
  it('says that nothing holds there, and takes the password and a hold', async () => {
    await ask();
    const sheet = stage.page.locator('dialog.sheet');
    await expect.poll(() => sheet.textContent()).toContain('nothing that you type is checked');
    await expect.poll(() => sheet.textContent()).toContain('is recorded');
    await expect.poll(() => sheet.textContent()).toContain('You get ');
    const hold = stage.page.getByRole('button', { name: 'Hold to open' });
    await expect.poll(() => hold.getAttribute('aria-disabled')).toBe('true');
    await stage.page.getByLabel('Your password, once more').fill('not the password');
    await hold.click({ delay: 400 });
    await stage.page.waitForTimeout(1_500);
    expect(stage.server.requests).not.toContain('POST /api/terminals');
    await hold.click({ delay: 1_700 });
    await sheet.locator('.notice').getByText('The current password is wrong.').waitFor();
    expect(stage.server.terminals.all).toEqual([]);
    expect(await violations(stage.page)).toEqual([]);
  });

  it('says why it is refused', async () => {
    stage.server.terminals.refusal = 'The kill switch is on: no terminal is opened.';
    await ask();
    await stage.page.getByLabel('Your password, once more').fill(ACCOUNT.password);
    await stage.page.getByRole('button', { name: 'Hold to open' }).click({ delay: 1_700 });
    await stage.page.locator('dialog.sheet .notice').getByText('The kill switch is on').waitFor();
  });
});

describe('a recording', () => {
  it('is listed in the settings, to be fetched as a file', async () => {
    stage.server.terminals.recordings.push({ id: 'recording-1', host: 'home/atlas', title: 'root@atlas', person: 'ada', startedAt: '2026-05-01T10:00:00Z', size: 2_048, open: false });
    await stage.page.getByRole('button', { name: 'Settings' }).click();
    await stage.page.getByRole('tab', { name: 'Hosts' }).click();
    const line = stage.page.locator('[data-recording="recording-1"]');
    await line.waitFor();
    await expect.poll(() => line.textContent()).toContain('by ada');
    const link = line.getByRole('link', { name: /^Download the recording of root@atlas/ });
    await expect.poll(() => link.getAttribute('href')).toMatch(/api\/terminals\/recordings\/recording-1$/);
    expect(await violations(stage.page)).toEqual([]);
  });
});

describe('a terminal', () => {
  it('takes what is typed, Tab and Escape included, and shows colours without inline styles', async () => {
    await open();
    expect(await stage.page.locator('.term-rec').isVisible()).toBe(true);
    await press('Tab');
    await press('Escape');
    await shows('<tab>^[');
    await press('Enter');
    await type('colours');
    await press('Enter');
    await shows('bold');
    const colours = await rows().evaluate((element) => [...element.querySelectorAll('span')].filter((span) => ['red', '256', 'true'].includes(span.textContent.trim())).map((span) => getComputedStyle(span).color));
    expect(new Set(colours).size).toBe(3);
    expect(colours).toContain('rgb(1, 200, 3)');
    await expect.poll(() => stage.page.locator('.term-screen style').count()).toBe(0);
    await expect.poll(() => terminal().acknowledged).toBe(terminal().text.length);
    expect(await violations(stage.page)).toEqual([]);
  });

  it('is left by its chord, and lets HALT through', async () => {
    await open();
    await press('Control+Shift+ArrowUp');
    expect(await stage.page.evaluate(() => document.activeElement?.id)).toBe('centre');
    await stage.page.locator('.xterm-helper-textarea').focus();
    await press('t');
    await shows('shell> t');
    await press('Control+Alt+h');
    await expect.poll(() => stage.server.safety.guardrails.halted).toBe(true);
    await press('Control+Shift+ArrowUp');
    await press('t');
    await stage.page.locator('#terminal[data-collapsed="true"]').waitFor();
  });

  it('asks before a paste of several lines that would run, and not where the program knows', async () => {
    await open();
    await paste('one line');
    await shows('one line');
    await paste('rm -rf /\nreboot\n');
    await stage.page.getByRole('alertdialog').waitFor();
    await stage.page.getByRole('button', { name: 'Do not paste' }).click();
    expect(terminal().typed).not.toContain('reboot');
    await press('Enter');
    await type('bracket');
    await press('Enter');
    await expect.poll(() => terminal().text).toContain('2004h');
    await stage.page.waitForTimeout(300);
    await paste('a\u001b[201~\nb');
    await expect.poll(() => terminal().typed).toContain('\u001b[200~a[201~\rb\u001b[201~');
    await expect.poll(() => stage.page.getByRole('alertdialog').count()).toBe(0);
  });

  it('comes back to the same shell after a blip, with what it missed', async () => {
    await open();
    await type('before');
    await shows('before');
    stage.server.terminals.cut();
    terminal().text += ' meanwhile';
    await phase('reconnecting');
    await phase('live');
    await shows('before meanwhile');
    await type(' after');
    await shows('before meanwhile after');
  });

  it('is left and reached on a phone, where nothing of it hides', async () => {
    await open();
    await stage.page.setViewportSize(SIZES.phone);
    const collapse = stage.page.getByRole('button', { name: /^Collapse/ });
    expect(await collapse.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return document.elementFromPoint(left + width / 2, top + height / 2) === element;
    })).toBe(true);
    await collapse.click();
    const back = stage.page.getByRole('navigation').getByRole('button', { name: 'Terminal' });
    await back.click();
    await collapse.waitFor();
    await stage.page.getByRole('button', { name: 'Guests' }).click();
    await stage.page.locator('.guests').waitFor();
    await back.click();
    await collapse.waitFor();
  });

  it('fits its panel, keeps running while collapsed, and tells how it ended', async () => {
    await open();
    const before = terminal().size;
    expect(before).toMatch(/^\d+x\d+$/);
    await stage.page.setViewportSize(SIZES.wide);
    await stage.page.locator('.term-edge').focus();
    for (let at = 0; at < 12; at += 1) await press('ArrowLeft');
    await expect.poll(() => terminal().size).not.toBe(before);
    await stage.page.getByRole('button', { name: /^Collapse/ }).click();
    terminal().print('printed while collapsed');
    await stage.page.getByRole('button', { name: /^Terminals/ }).click();
    await shows('printed while collapsed');
    await press('Enter');
    await type('exit');
    await press('Enter');
    await phase('ended');
    await expect.poll(() => stage.page.locator('.term-facts').textContent()).toContain('It ended with status 0.');
    await stage.page.getByRole('button', { name: 'End the terminal root@110' }).click();
    await stage.page.locator('.term').waitFor({ state: 'detached' });
    expect(await stage.page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
  });

  it('is ended on the server when it is put away', async () => {
    await open();
    await stage.page.getByRole('button', { name: 'End the terminal root@110' }).click();
    await expect.poll(() => stage.server.terminals.all.length).toBe(0);
  });
});
