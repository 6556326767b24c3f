import { describe, expect, it } from 'vitest';
import { SIZES } from './browser';
import { staged, violations } from './fixturePage';

/** What counts as a problem, set by a person. */
const stage = staged();
const sheet = () => stage.page.locator('.sheet.settings');
const cpu = () => sheet().locator('[data-kind="node-cpu-high"]');

async function open(): Promise<void> {
  await stage.page.getByRole('button', { name: 'Settings' }).click();
  await sheet().getByRole('tab', { name: 'Thresholds' }).click();
  await cpu().locator('summary').first().click();
  await cpu().getByLabel('Used at least (%)').waitFor();
}

const save = () => cpu().getByRole('button', { name: 'Save: Processors busy' });

describe('a threshold', () => {
  it('is set, says who did it, and goes back to the default', async () => {
    await open();
    await expect.poll(() => cpu().textContent()).toContain('told after 15 m');
    await expect.poll(() => save().getAttribute('aria-disabled')).toBe('true');
    await cpu().getByLabel('Used at least (%)').fill('85');
    await cpu().getByLabel('Is gone for at least').fill('2m');
    await save().click();
    await cpu().locator('[data-set="used"]').getByText('85, set by').waitFor();
    await expect.poll(() => cpu().locator('[data-set="gone"]').textContent()).toContain('2m, set by');
    await expect.poll(() => cpu().locator('summary').first().textContent()).toContain('changed');
    await expect.poll(() => cpu().getByLabel('Used at least (%)').inputValue()).toBe('85');
    expect(stage.server.care.records.at(-1)).toMatchObject({ activity: 'problem-kind.set', subject: 'node-cpu-high', detail: { after: { used: '85', gone: '2m' } } });

    await cpu().getByRole('button', { name: 'Back to the default: Processors busy' }).click();
    await cpu().locator('[data-set]').first().waitFor({ state: 'detached' });
    await expect.poll(() => cpu().getByLabel('Used at least (%)').inputValue()).toBe('92');
    expect(stage.server.care.records.at(-1)?.detail).toEqual({ after: { used: null, gone: null } });
  });

  it('is refused where it is wrong, beside the field, and nothing is lost', async () => {
    await open();
    const used = cpu().getByLabel('Used at least (%)');
    await used.fill('185');
    await expect.poll(() => used.getAttribute('aria-invalid')).toBe('true');
    await save().click();
    expect(await used.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(stage.server.care.records).toEqual([]);

    // What the page takes for right and the server does not: its words stand beside the field.
    const kind = stage.server.care.kinds.all[0];
    if (kind?.limits[0]) kind.limits[0].most = 50;
    await used.fill('85');
    await cpu().getByLabel('Lasts at least').fill('30m');
    await save().click();
    await cpu().getByText("is a number from 1 to 50 (%), not '85'.").waitFor();
    await expect.poll(() => cpu().getByLabel('Lasts at least').inputValue()).toBe('30m');
    expect(stage.server.care.records).toEqual([]);

    stage.server.broken.add('problem-kinds/node-cpu-high');
    await used.fill('45');
    await save().click();
    await cpu().locator('.notice', { hasText: 'jarvis.db' }).waitFor();
    await expect.poll(() => used.inputValue()).toBe('45');
  });

  it('says plainly what a looser one means, and which kinds are not looked for', async () => {
    await open();
    await cpu().getByLabel('Lasts at least').fill('30m');
    await cpu().locator('[data-looser]', { hasText: 'told later: after 30m instead of 900s' }).waitFor();
    await cpu().getByLabel('Look for it').uncheck();
    await cpu().locator('[data-looser]', { hasText: 'will not be found any more' }).waitFor();
    await save().click();
    await sheet().locator('[data-unwatched]', { hasText: 'Processors busy' }).waitFor();
    await expect.poll(() => cpu().getAttribute('data-watched')).toBe('false');
    await expect.poll(() => cpu().locator('summary').first().textContent()).toContain('not looked for');
    await cpu().getByLabel('Look for it').check();
    await save().click();
    await sheet().locator('[data-unwatched]').waitFor({ state: 'detached' });
  });

  it('is the file\u2019s where the file names it', async () => {
    stage.server.care.kinds.file.set('node-cpu-high.used', '88');
    await open();
    const used = cpu().getByLabel('Used at least (%)');
    await expect.poll(() => used.inputValue()).toBe('88');
    expect(await used.getAttribute('readonly')).not.toBeNull();
    await expect.poll(() => cpu().locator('[data-set="used"]').textContent()).toContain('set in etc/org.jarvis.problems.cfg');
    expect(await cpu().getByRole('button', { name: /Back to the default/ }).count()).toBe(0);
  });

  it('is not set while the server is away', async () => {
    await open();
    await cpu().getByLabel('Used at least (%)').fill('85');
    stage.server.cut(true);
    await expect.poll(() => save().getAttribute('aria-disabled')).toBe('true');
  });

  it('can be kept in the file instead', async () => {
    await open();
    await cpu().getByLabel('Used at least (%)').fill('85');
    await cpu().getByLabel('Look for it').uncheck();
    await cpu().getByText('Keep it in the file instead').click();
    await expect.poll(() => cpu().locator('[data-lines] code').textContent()).toBe('node-cpu-high.enabled = false\nnode-cpu-high.used = 85');
  });

  it('is set by keyboard alone', async () => {
    await open();
    await cpu().getByLabel('Used at least (%)').focus();
    await stage.page.keyboard.press('ControlOrMeta+A');
    await stage.page.keyboard.type('85');
    await stage.page.keyboard.press('Enter');
    await cpu().locator('[data-set="used"]').waitFor();
  });
});

describe('the kinds', () => {
  it('are filtered', async () => {
    await open();
    await sheet().getByLabel('Filter kinds of problem').fill('disk');
    expect(await sheet().locator('[data-kind]').count()).toBe(1);
    await sheet().getByLabel('Filter kinds of problem').fill('nothing of the kind');
    await sheet().getByText('No kind fits.').waitFor();
  });
});

describe('every size', () => {
  it.each(Object.entries(SIZES))('%s is accessible', async (name, size) => {
    await stage.page.setViewportSize({ ...size });
    stage.server.care.kinds.file.set('disk-failing.enabled', 'false');
    await open();
    await cpu().getByLabel('Used at least (%)').fill('85');
    await save().click();
    await cpu().locator('[data-set="used"]').waitFor();
    await cpu().getByLabel('Lasts at least').fill('30m');
    await cpu().getByLabel('Is gone for at least').fill('soon');
    expect(await violations(stage.page)).toEqual([]);
    expect(await sheet().evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
    await stage.visitor.picture(`thresholds-${name}`);
  });
});
