import { describe, expect, it } from 'vitest';
import { SIZES } from './browser';
import { staged, violations } from './fixturePage';

/** Nodes that somebody works on. */
const stage = staged();
const NODE = 'pve:home:node:atlas';
const card = () => stage.page.locator(`.node[data-ref="${NODE}"]`);
const mark = () => card().locator('[data-maintenance]');
const sheet = () => stage.page.locator('.sheet');

describe('maintenance', () => {
  it('is begun from the card with its length and reason, marked on it, and ended there', async () => {
    await card().locator('button.nm').click();
    await card().getByRole('button', { name: 'Begin maintenance…' }).click();
    await sheet().getByLabel('It ends by itself').selectOption('shift');
    await sheet().getByLabel('Why').fill('new memory');
    await sheet().getByRole('button', { name: 'Begin', exact: true }).click();
    await mark().waitFor();
    await expect.poll(() => mark().textContent()).toMatch(/^MAINTENANCE until \d\d:\d\d$/);
    const work = stage.server.care.works.get(NODE);
    expect(work?.reason).toBe('new memory');
    expect(Math.round((Date.parse(work?.until ?? '') - Date.now()) / 3_600_000)).toBe(4);
    await expect.poll(() => card().textContent()).toContain('by operator.');
    await expect.poll(() => card().textContent()).toContain('new memory');
    await card().getByRole('button', { name: 'Change or end maintenance…' }).click();
    await sheet().getByRole('button', { name: 'End maintenance' }).click();
    await mark().waitFor({ state: 'detached' });
    expect(stage.server.care.works.size).toBe(0);
  });

  it('is begun from the menu by the keyboard alone', async () => {
    await card().locator('button.nm').click();
    await card().getByRole('button', { name: /^Actions/ }).last().focus();
    await stage.page.keyboard.press('Enter');
    const entry = stage.page.getByRole('menuitem', { name: /^Begin maintenance/ });
    await entry.waitFor();
    await entry.focus();
    await stage.page.keyboard.press('Enter');
    await sheet().waitFor();
    await sheet().getByLabel('Why').focus();
    await stage.page.keyboard.type('fans');
    await stage.page.keyboard.press('Enter');
    await mark().waitFor();
    expect(stage.server.care.works.get(NODE)?.reason).toBe('fans');
  });

  it('that begins and ends elsewhere shows here, hostile words inert', async () => {
    stage.server.care.workElsewhere(NODE, new Date(Date.now() + 3_600_000).toISOString(), '<img src=x onerror=alert(1)>\u202egnp');
    await mark().waitFor();
    await card().locator('button.nm').click();
    await card().getByText('by mary.').waitFor();
    await expect.poll(() => card().textContent()).toContain('<img src=x onerror=alert(1)>\ufffdgnp');
    await expect.poll(() => card().locator('img').count()).toBe(0);
    await stage.page.reload();
    await mark().waitFor();
    stage.server.care.endElsewhere(NODE);
    await mark().waitFor({ state: 'detached' });
  });

  it('is not begun without a line, and says why it was not taken', async () => {
    await card().locator('button.nm').click();
    stage.server.broken.add(`maintenance/${encodeURIComponent(NODE)}`);
    await card().getByRole('button', { name: 'Begin maintenance…' }).click();
    await sheet().getByRole('button', { name: 'Begin', exact: true }).click();
    await sheet().getByText('the disk is full').first().waitFor();
    stage.server.cut(true);
    await sheet().getByText('Actions are off').waitFor();
    await expect.poll(() => sheet().getByRole('button', { name: 'Begin', exact: true }).getAttribute('aria-disabled')).toBe('true');
  });

  it.each(Object.entries(SIZES))('%s is accessible', async (name, size) => {
    await stage.page.setViewportSize({ ...size });
    stage.server.care.workElsewhere(NODE, new Date(Date.now() + 3_600_000).toISOString(), 'new memory');
    await mark().waitFor();
    await card().locator('button.nm').click();
    expect(await violations(stage.page)).toEqual([]);
    await stage.visitor.picture(`maintenance-${name}`);
    await card().getByRole('button', { name: 'Change or end maintenance…' }).click();
    await sheet().waitFor();
    expect(await violations(stage.page)).toEqual([]);
    await stage.visitor.picture(`maintenance-sheet-${name}`);
  });
});
