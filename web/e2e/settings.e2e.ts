import { describe, expect, it } from 'vitest';
import { jar, SIGNER } from '../test/fixture/extensions';
import { SIZES } from './browser';
import { staged, violations } from './fixturePage';
import { ACCOUNT } from './target';

/** The account, its keys, what was dropped in and how Jarvis is. */
const stage = staged();
const NEXT = 'another sentence entirely';

const sheet = () => stage.page.locator('.sheet.settings');
async function open(section: 'Account' | 'API tokens' | 'Extensions' | 'Health'): Promise<void> {
  await stage.page.getByRole('button', { name: 'Settings' }).click();
  await sheet().getByRole('tab', { name: section }).click();
  await sheet().locator('[role=tabpanel]').waitFor();
}
async function fillPasswords(current: string, next: string, repeat = next): Promise<void> {
  await sheet().getByLabel('Current password').fill(current);
  await sheet().getByLabel('New password', { exact: true }).fill(next);
  await sheet().getByLabel('New password again').fill(repeat);
  await sheet().getByRole('button', { name: 'Change password' }).click();
}
const says = (text: string | RegExp) => sheet().getByText(text).first().waitFor();
const focused = (selector: string) => expect.poll(() => stage.page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)).toBe(true);

describe('the sheet', () => {
  it('is fetched only when it is opened, keeps focus inside and gives it back', async () => {
    const fetched = () => stage.page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.includes('Settings')).length);
    expect(await fetched()).toBe(0);
    const opener = stage.page.getByRole('button', { name: 'Settings' });
    await opener.focus();
    await stage.page.keyboard.press('Enter');
    await sheet().getByRole('tab', { name: 'Account' }).waitFor();
    expect(await fetched()).toBeGreaterThan(0);
    for (let press = 0; press < 30; press++) {
      await stage.page.keyboard.press('Tab');
      expect(await stage.page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('.sheet') !== null)).toBe(true);
    }
    await stage.page.keyboard.press('Escape');
    await sheet().waitFor({ state: 'detached' });
    await focused('.account .icon');
  });

  it('opens and is walked through by the keyboard alone', async () => {
    await stage.page.keyboard.press(',');
    const tab = (name: string) => sheet().getByRole('tab', { name });
    await tab('Account').focus();
    await stage.page.keyboard.press('ArrowDown');
    await sheet().locator('[data-section="tokens"]').waitFor();
    expect(await tab('API tokens').evaluate((element) => element === document.activeElement)).toBe(true);
    await stage.page.keyboard.press('End');
    await sheet().locator('[data-section="health"]').waitFor();
  });

  it('gives way to the login form when the session ends elsewhere, which says so', async () => {
    await open('Account');
    stage.server.endSessions();
    await stage.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await stage.page.getByText('Your session has ended.').waitFor();
    await expect.poll(() => sheet().count()).toBe(0);
    await stage.page.getByLabel('Password', { exact: true }).fill(ACCOUNT.password);
    await stage.page.getByRole('button', { name: 'Sign in' }).click();
    await stage.page.locator('[data-link="live"]').waitFor();
  });
});

describe('the account', () => {
  it('changes the password, stays signed in here, and takes the new one from then on', async () => {
    stage.server.accounts.open('192.168.1.20');
    await open('Account');
    await sheet().locator('[data-session="other"]').waitFor();
    await fillPasswords(ACCOUNT.password, NEXT);
    await says('this browser stays signed in');
    await sheet().locator('[data-session="other"]').waitFor({ state: 'detached' });
    await sheet().locator('[data-session="current"]').waitFor();
    await stage.page.keyboard.press('Escape');
    await stage.page.locator('[data-link="live"]').waitFor();
    await stage.page.getByRole('button', { name: 'Sign out' }).click();
    await stage.page.getByLabel('User name').fill(ACCOUNT.username);
    await stage.page.getByLabel('Password', { exact: true }).fill(NEXT);
    await stage.page.getByRole('button', { name: 'Sign in' }).click();
    await stage.page.locator('[data-link="live"]').waitFor();
  });

  it.each([
    ['a wrong current password', 'not the password', NEXT, NEXT, 'This is not the current password.', 'current'],
    ['a short one', ACCOUNT.password, 'short', 'short', 'At least 12 characters.', 'new'],
    ['a repetition that differs', ACCOUNT.password, NEXT, `${NEXT}!`, 'The two passwords differ.', 'repeat'],
    ['the same again', ACCOUNT.password, ACCOUNT.password, ACCOUNT.password, 'This is the current password.', 'new'],
    ['what the server alone refuses', ACCOUNT.password, 'aaaaaaaaaaaaa', 'aaaaaaaaaaaaa', 'A password is more than one character over and over.', 'new'],
  ])('says at the field what is wrong with %s, and does not sign out', async (_, current, next, repeat, message, field) => {
    await open('Account');
    await fillPasswords(current, next, repeat);
    await sheet().locator('.fault').getByText(message).waitFor();
    await expect.poll(() => sheet().locator(`[name="${field}"]`).getAttribute('aria-invalid')).toBe('true');
    await focused(`[name="${field}"]`);
    await expect.poll(() => sheet().getByRole('alert').textContent()).toContain(message);
    expect(stage.server.accounts.account?.password).toBe(ACCOUNT.password);
    await expect.poll(() => stage.page.getByRole('heading', { name: 'Sign in' }).count()).toBe(0);
  });

  it('ends another session after a question, and says which is this one', async () => {
    stage.server.accounts.open('192.168.1.20');
    await open('Account');
    await sheet().locator('[data-session="current"]').getByText('this browser').waitFor();
    const other = sheet().locator('[data-session="other"]');
    await other.getByRole('button', { name: 'End' }).click();
    await focused('.sure button:last-child');
    await stage.page.keyboard.press('Escape');
    await expect.poll(() => sheet().count()).toBe(1);
    expect(stage.server.accounts.sessions).toHaveLength(2);
    await other.getByRole('button', { name: 'End' }).click();
    await other.getByRole('button', { name: 'End', exact: true }).click();
    await other.waitFor({ state: 'detached' });
    await focused('[data-session="current"] button');
    expect(stage.server.accounts.sessions).toHaveLength(1);
  });
});

describe('tokens', () => {
  const make = async (name: string) => {
    await sheet().getByLabel('Name').fill(name);
    await sheet().getByRole('checkbox', { name: /operate/ }).check();
    await sheet().getByLabel('It ends').selectOption('never');
    await sheet().getByRole('button', { name: 'Make token' }).click();
    await sheet().locator('[data-fresh-token]').waitFor();
  };

  it('are shown once: not after they were taken, not when the sheet is opened again', async () => {
    await open('API tokens');
    await says('No tokens.');
    await make('grafana');
    const token = (await sheet().locator('[data-fresh-token] code').textContent()) ?? '';
    expect(token).toMatch(/^jarvis_[0-9a-f]{64}$/);
    expect(stage.server.accounts.tokens[0]).toMatchObject({ name: 'grafana', scopes: ['read', 'operate'], audience: 'api', expiresAt: null });
    await focused('[data-fresh-token] h3');
    await sheet().getByRole('button', { name: 'I have it' }).click();
    await focused('[name="token-name"]');
    await sheet().locator('[data-token]').getByText('grafana').waitFor();
    expect(await stage.page.content()).not.toContain(token);
    await stage.page.keyboard.press('Escape');
    await open('API tokens');
    await sheet().locator('[data-token]').waitFor();
    expect(await stage.page.content()).not.toContain(token);
    expect(await stage.page.evaluate(() => [localStorage, sessionStorage].map((store) => JSON.stringify(Object.entries(store))).join('') + location.href)).not.toContain(token);
  });

  it('can be for MCP alone, and say so in the list', async () => {
    await open('API tokens');
    await sheet().getByLabel('It is for').selectOption('mcp');
    await make('claude');
    expect(stage.server.accounts.tokens[0]).toMatchObject({ name: 'claude', audience: 'mcp' });
    await sheet().getByRole('button', { name: 'I have it' }).click();
    await sheet().locator('[data-token]').getByText('MCP alone').waitFor();
  });

  it('are not lost to a first Esc', async () => {
    await open('API tokens');
    await make('grafana');
    await stage.page.keyboard.press('Escape');
    await says('shown only now');
    await expect.poll(() => sheet().locator('[data-fresh-token] code').count()).toBe(1);
    await stage.page.keyboard.press('Escape');
    await sheet().waitFor({ state: 'detached' });
  });

  it('can be copied', async () => {
    await stage.visitor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await open('API tokens');
    await make('grafana');
    const token = (await sheet().locator('[data-fresh-token] code').textContent()) ?? '';
    await sheet().getByRole('button', { name: 'Copy New token' }).click();
    await expect.poll(() => stage.page.evaluate(() => navigator.clipboard.readText())).toBe(token);
    await stage.page.keyboard.press('Escape');
    await sheet().waitFor({ state: 'detached' });
  });

  it('say what is wrong with them before and after they are asked for', async () => {
    await open('API tokens');
    await sheet().getByRole('checkbox', { name: /read/ }).uncheck();
    await sheet().getByRole('button', { name: 'Make token' }).click();
    await says('This is needed.');
    await says('Choose at least one.');
    expect(stage.server.accounts.tokens).toHaveLength(0);
    await make('grafana');
    await sheet().getByRole('button', { name: 'I have it' }).click();
    await sheet().getByLabel('Name').fill('grafana');
    await sheet().getByRole('button', { name: 'Make token' }).click();
    await says('There is a token named grafana already.');
  });

  it('are revoked after a question', async () => {
    stage.server.accounts.make({ name: '<b>old</b>\u202e script', scopes: ['admin'] });
    await open('API tokens');
    const line = sheet().locator('[data-token]');
    await line.getByText('<b>old</b>').waitFor();
    await line.getByRole('button', { name: /^Revoke/ }).click();
    await line.getByRole('button', { name: 'Keep it' }).click();
    expect(stage.server.accounts.tokens).toHaveLength(1);
    await line.getByRole('button', { name: /^Revoke/ }).click();
    await line.getByRole('button', { name: 'Revoke', exact: true }).click();
    await line.waitFor({ state: 'detached' });
    expect(stage.server.accounts.tokens).toHaveLength(0);
  });

  it('say why the list did not come, and fetch it on demand', async () => {
    stage.server.broken.add('auth/tokens');
    await open('API tokens');
    await says('This did not come: jarvis.db: the disk is full.');
    stage.server.broken.clear();
    await sheet().getByRole('button', { name: 'Retry' }).click();
    await says('No tokens.');
  });
});

describe('extensions and health', () => {
  const line = (id: string) => sheet().locator(`[data-extension="${id}"]`);

  it('lists every extension with its state and reason, and stops one after a question', async () => {
    const running = jar({ state: 'running', decidedBy: 'operator', decidedAt: new Date().toISOString() });
    const bad = jar({ file: 'not-a-bundle.jar', name: 'not-a-bundle.jar', state: 'unacceptable', reason: 'It is no OSGi bundle: its manifest has no Bundle-SymbolicName.' });
    stage.server.extensions.all.push(running);
    await open('Extensions');
    stage.server.drop(bad);
    await line(bad.id).getByText('can never run').waitFor();
    await line(bad.id).getByText('its manifest has no Bundle-SymbolicName').waitFor();
    await expect.poll(() => line(bad.id).getByRole('button', { name: /Hold/ }).count()).toBe(0);
    await line(running.id).getByRole('button', { name: 'Stop' }).click();
    await line(running.id).getByRole('button', { name: 'Stop', exact: true }).click();
    await expect.poll(() => running.state).toBe('rejected');
    await line(running.id).getByText('rejected', { exact: true }).waitFor();
  });

  it('consents there too, by the same hold', async () => {
    const dropped = jar();
    stage.server.drop(dropped);
    await stage.page.locator('[data-consent]').waitFor();
    await open('Extensions');
    const hold = line(dropped.id).getByRole('button', { name: 'Hold to consent' });
    await expect.poll(() => hold.getAttribute('aria-disabled')).toBe('false');
    await hold.click({ delay: 1_700 });
    await expect.poll(() => dropped.state).toBe('running');
    await line(dropped.id).getByText('runs', { exact: true }).waitFor();
  });

  it('shows safe mode and trouble of the storage, with the parts behind them', async () => {
    stage.server.components = [
      { name: 'chat', status: 'UP', detail: 'It is there.' },
      { name: 'storage', status: 'DOWN', detail: 'jarvis.db: the disk is full. Free some space.' },
      { name: 'mode', status: 'DEGRADED', detail: 'Safe mode: Jarvis was restarted 3 times in 10 minutes. Actions are refused.' },
    ];
    await open('Health');
    await sheet().locator('[data-component="storage"][data-status="DOWN"]').waitFor();
    await expect.poll(() => sheet().locator('[data-component]').first().getAttribute('data-component')).toBe('storage');
    await stage.page.keyboard.press('Escape');
    const banners = stage.page.locator('.banner');
    await expect.poll(() => banners.first().textContent()).toContain('Safe mode: Jarvis was restarted 3 times');
    await expect.poll(() => banners.nth(1).textContent()).toContain('the disk is full');
    await banners.first().getByRole('button', { name: 'Health' }).click();
    stage.server.components = [{ name: 'storage', status: 'UP', detail: 'jarvis.db is open.' }];
    await banners.first().waitFor({ state: 'detached', timeout: 20_000 });
  });
});

describe('every size', () => {
  it.each(Object.entries(SIZES))('%s is accessible in every section', async (name, size) => {
    await stage.page.setViewportSize({ ...size });
    stage.server.accounts.open('192.168.1.20');
    stage.server.accounts.make({ name: 'grafana', scopes: ['read'] });
    stage.server.accounts.make({ name: 'nightly-script', scopes: ['read', 'operate'], expiresAt: new Date(Date.now() + 9e9).toISOString() });
    stage.server.drop(jar({ signer: SIGNER }));
    stage.server.extensions.all.push(jar({ file: 'b.jar', name: 'Broken one', state: 'failed', reason: 'It misses the package org.jarvis.api.tool, version 2.' }), jar({ file: 'c.jar', name: 'Quiet hours', state: 'running', decidedBy: 'operator', decidedAt: new Date().toISOString() }));
    stage.server.components = [...stage.server.components, { name: 'storage', status: 'DEGRADED', detail: 'jarvis.db: the disk is full.' }];
    for (const section of ['Account', 'API tokens', 'Extensions', 'Health'] as const) {
      await open(section);
      await sheet().locator('.lines li').first().waitFor();
      await stage.visitor.picture(`${name}-settings-${section.toLowerCase().replace(' ', '-')}`);
      expect(await violations(stage.page)).toEqual([]);
      expect(await sheet().evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
      const small = await sheet().locator('button:visible, input:visible:not(.sr), summary:visible').evaluateAll((controls) =>
        controls.filter((control) => (control.closest('label') ?? control).getBoundingClientRect().height < 28).map((control) => control.textContent),
      );
      expect(small).toEqual([]);
      if (section === 'API tokens') {
        await sheet().getByLabel('Name').fill('backup-check');
        await sheet().getByRole('button', { name: 'Make token' }).click();
        await sheet().locator('[data-fresh-token]').waitFor();
        await stage.visitor.picture(`${name}-settings-token-made`);
        expect(await violations(stage.page)).toEqual([]);
        await sheet().getByRole('button', { name: 'I have it' }).click();
      }
      await stage.page.keyboard.press('Escape');
      await sheet().waitFor({ state: 'detached' });
    }
  });
});
