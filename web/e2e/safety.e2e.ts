import { describe, expect, it } from 'vitest';
import { SIZES } from './browser';
import { staged, violations } from './fixturePage';

/** The kill switch, and what a person may say about what is protected. */
const stage = staged();
const banner = () => stage.page.locator('[data-banner="halted"]');
const sheet = () => stage.page.locator('.sheet.settings');

async function openProtection(): Promise<void> {
  await stage.page.getByRole('button', { name: 'Settings' }).click();
  await sheet().getByRole('tab', { name: 'Protection' }).click();
  await sheet().locator('[data-protection]').first().waitFor();
}

describe('the kill switch', () => {
  it('halts with one press and resumes by a hold', async () => {
    await stage.page.getByRole('button', { name: 'HALT' }).click();
    await banner().waitFor();
    expect(stage.server.safety.guardrails).toEqual({ halted: true, autonomy: 'ask' });
    await expect.poll(() => banner().textContent()).toContain('Nothing starts that a person has not directly asked for');
    const hold = banner().getByRole('button', { name: 'Hold to resume' });
    await hold.click({ delay: 300 });
    expect(stage.server.safety.guardrails.halted).toBe(true);
    await hold.click({ delay: 1_700 });
    await banner().waitFor({ state: 'detached' });
    expect(stage.server.safety.guardrails.halted).toBe(false);
  });

  it('is seen by everybody, whoever turned it, and by who comes later', async () => {
    stage.server.haltElsewhere(true);
    await banner().waitFor();
    await stage.page.reload();
    await banner().waitFor();
    stage.server.haltElsewhere(false);
    await banner().waitFor({ state: 'detached' });
  });

  it('is turned by the keyboard from anywhere, also while somebody types in a sheet', async () => {
    await stage.page.getByRole('button', { name: 'Settings' }).click();
    await sheet().getByLabel('Current password').focus();
    await stage.page.keyboard.press('Control+Alt+h');
    await expect.poll(() => stage.server.safety.guardrails.halted).toBe(true);
    await expect.poll(() => sheet().count()).toBe(1);
  });

  it('says so where it does not answer', async () => {
    stage.server.broken.add('guardrails');
    await stage.page.getByRole('button', { name: 'HALT' }).click();
    await stage.page.getByText('The kill switch did not answer: jarvis.db: the disk is full.').first().waitFor();
    await expect.poll(() => banner().count()).toBe(0);
  });
});

describe('the autonomy level', () => {
  it('is set by a person, counts once the server has it, and stays where it does not', async () => {
    await openProtection();
    const observe = sheet().getByRole('radio', { name: /^Observe/ });
    expect(await sheet().getByRole('radio', { name: /^Ask/ }).isChecked()).toBe(true);
    await observe.click();
    await expect.poll(() => observe.isChecked()).toBe(true);
    expect(stage.server.safety.guardrails).toEqual({ halted: false, autonomy: 'observe' });
    stage.server.broken.add('guardrails');
    await sheet().getByRole('radio', { name: /^Act/ }).click();
    await sheet().getByText('the disk is full').first().waitFor();
    expect(await observe.isChecked()).toBe(true);
    expect(await violations(stage.page)).toEqual([]);
  });
});

describe('the worth of typed words', () => {
  it('is taken away and given back, once the server has it', async () => {
    await openProtection();
    const confirms = sheet().getByRole('checkbox', { name: /^Ask me about every change/ });
    await confirms.click();
    await expect.poll(() => confirms.isChecked()).toBe(true);
    expect(stage.server.preferences.get('chat.confirm')).toBe('writes');
    stage.server.broken.add('preferences/chat.confirm');
    await confirms.click();
    await sheet().getByText('the disk is full').first().waitFor();
    expect(await confirms.isChecked()).toBe(true);
    stage.server.broken.clear();
    await confirms.click();
    await expect.poll(() => stage.server.preferences.get('chat.confirm')).toBeNull();
    await expect.poll(() => confirms.isChecked()).toBe(false);
  });
});

describe('what people call things', () => {
  it('is given to a guest by its name or number, told when it means nothing now, and taken away', async () => {
    await openProtection();
    const line = (alias: string) => sheet().locator(`[data-alias="${alias}"]`);
    await line('tv').getByText('means nothing now').waitFor();
    await sheet().getByLabel('What you call it').fill('Windows machine');
    await sheet().getByLabel('Guest or node').fill('nowhere');
    await stage.page.keyboard.press('Enter');
    await sheet().getByText('No guest or node is called nowhere.').waitFor();
    await sheet().getByLabel('Guest or node').fill('140');
    await stage.page.keyboard.press('Enter');
    await line('windows machine').getByText('win11-lab').waitFor();
    await expect.poll(() => sheet().getByLabel('What you call it').inputValue()).toBe('');
    expect(stage.server.safety.aliases).toContainEqual({ alias: 'windows machine', ref: 'pve:home:guest:140', name: 'win11-lab', stands: true });
    await sheet().getByLabel('What you call it').fill('please stop');
    await sheet().getByLabel('Guest or node').fill('win11-lab');
    await sheet().getByRole('button', { name: 'Call it so' }).click();
    await sheet().getByText('mean something else in a sentence').first().waitFor();
    await line('tv').getByRole('button', { name: /Take away/ }).click();
    await line('tv').getByRole('button', { name: /Take away/ }).click();
    await line('tv').waitFor({ state: 'detached' });
    expect(await violations(stage.page)).toEqual([]);
  });
});

describe('what is protected', () => {
  it('is listed with its reason, and released by typing the name', async () => {
    await openProtection();
    const nas = sheet().locator('[data-protection="pve:home:guest:104"]');
    await expect.poll(() => nas.textContent()).toContain('It had the tag jarvis-protected, which holds.');
    await expect.poll(() => sheet().locator('[data-source="service"]').getByRole('button').count()).toBe(0);
    await nas.getByRole('button', { name: 'Release nas' }).click();
    const typed = nas.getByLabel('Name');
    await typed.fill('nase');
    await nas.getByRole('button', { name: 'Release' }).click();
    await nas.getByText('That is not the guest').waitFor();
    expect(stage.server.safety.protections).toHaveLength(2);
    await typed.fill('nas');
    await nas.getByRole('button', { name: 'Release' }).click();
    await nas.waitFor({ state: 'detached' });
    expect(stage.server.safety.protections).toHaveLength(1);
  });

  it('lets a person state where Jarvis runs, and take it back', async () => {
    await openProtection();
    const home = sheet().locator('[data-cluster="home"]');
    await expect.poll(() => home.textContent()).toContain('not known');
    await home.getByLabel('Number of the guest').fill('media');
    await home.getByRole('button', { name: 'Jarvis runs in this guest' }).click();
    await home.getByText('A number from 100 on.').waitFor();
    await home.getByLabel('Number of the guest').fill('104');
    await home.getByRole('button', { name: 'Jarvis runs in this guest' }).click();
    await home.getByText('in guest 104').waitFor();
    await home.getByRole('button', { name: 'Take it back' }).click();
    await home.getByRole('button', { name: 'Take it back', exact: true }).click();
    await home.getByText('not known').waitFor();
    await home.getByRole('button', { name: 'Jarvis runs outside' }).click();
    expect(stage.server.safety.place.place).toBe('unknown');
    await home.getByRole('button', { name: 'Jarvis runs outside', exact: true }).click();
    await home.getByText('outside this cluster').waitFor();
  });
});

describe('every size', () => {
  it.each(Object.entries(SIZES))('%s is accessible, halted and with the protections open', async (name, size) => {
    await stage.page.setViewportSize({ ...size });
    await stage.page.getByRole('button', { name: 'HALT' }).click();
    await banner().waitFor();
    expect(await violations(stage.page)).toEqual([]);
    await stage.visitor.picture(`halted-${name}`);
    await openProtection();
    expect(await violations(stage.page)).toEqual([]);
    await stage.visitor.picture(`protection-${name}`);
  });
});
