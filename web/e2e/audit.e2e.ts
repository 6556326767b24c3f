import { describe, expect, it } from 'vitest';
import { SIZES } from './browser';
import { staged, violations } from './fixturePage';

/** Looking things up in the audit log. */
const stage = staged();
const sheet = () => stage.page.locator('.sheet.audit-sheet');
const lines = () => sheet().locator('[data-seq]');
const numbers = () => lines().evaluateAll((all) => all.map((line) => Number((line as HTMLElement).dataset['seq'])));

function fill(): void {
  const { care } = stage.server;
  for (let i = 0; i < 60; i++) care.record('jarvis', 'observed', `get_vms ${String(i)}`, { times: i }, new Date(Date.UTC(2026, 0, 1, 0, i)));
  care.record('ada (person)', 'action.requested', 'a-1', { tool: 'stop_vm', targets: ['pve:home:guest:101'], arguments: { note: '<img src=x onerror=alert(1)>\u202e' } });
  care.record('ada (person)', 'action.ended', 'a-1', { tool: 'stop_vm', targets: ['pve:home:guest:101'], state: 'SUCCEEDED' });
  care.record('ci (token)', 'action.refused', 'a-2', { tool: 'delete_vm', targets: ['pve:home:guest:104'] });
}

async function open(): Promise<void> {
  if (await stage.page.getByRole('button', { name: 'Jarvis', exact: true }).isVisible()) await stage.page.getByRole('button', { name: 'Jarvis', exact: true }).click();
  await stage.page.getByRole('button', { name: 'Audit…' }).click();
  await lines().first().waitFor();
}

describe('the audit browser', () => {
  it('shows the newest first, page by page, and is fetched only when it is opened', async () => {
    fill();
    const fetched = () => stage.page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.includes('AuditBrowser')).length);
    expect(await fetched()).toBe(0);
    await open();
    expect(await fetched()).toBeGreaterThan(0);
    expect((await numbers()).slice(0, 3)).toEqual([63, 62, 61]);
    await expect.poll(() => lines().count()).toBe(50);
    await sheet().getByRole('button', { name: 'Older' }).click();
    await sheet().locator('[data-seq="13"]').waitFor();
    expect(await numbers()).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    await expect.poll(() => sheet().getByRole('button', { name: 'Older' }).count()).toBe(0);
    await sheet().getByRole('button', { name: 'Newest' }).click();
    await sheet().locator('[data-seq="63"]').waitFor();
  });

  it('finds by who, what, on what and when, and says when nothing fits', async () => {
    fill();
    await open();
    const search = async (fields: Record<string, string>) => {
      for (const [label, text] of Object.entries(fields)) await sheet().getByLabel(label, { exact: true }).fill(text);
      await stage.page.keyboard.press('Enter');
    };
    await search({ Who: 'ada', 'Tool or activity': 'stop_vm' });
    await expect.poll(numbers).toEqual([62, 61]);
    await search({ Who: '', 'Tool or activity': '', 'Resource, name or id': 'guest:104' });
    await expect.poll(numbers).toEqual([63]);
    await search({ 'Resource, name or id': '', Until: '2026-01-02T00:00' });
    await expect.poll(async () => (await numbers())[0]).toBe(60);
    await search({ Who: 'nobody' });
    await sheet().getByText('No record fits').waitFor();
    await sheet().getByRole('button', { name: 'Clear' }).click();
    await expect.poll(async () => (await numbers())[0]).toBe(63);
    await expect.poll(() => sheet().getByLabel('Who').inputValue()).toBe('');
  });

  it('unfolds a record with its hash and all that was recorded, by the keyboard, as inert text', async () => {
    fill();
    await open();
    const line = sheet().locator('[data-seq="61"]');
    await line.locator('summary').focus();
    await stage.page.keyboard.press('Enter');
    await line.locator('pre').waitFor();
    await expect.poll(() => line.textContent()).toContain('3d'.padStart(64, '0'));
    await expect.poll(() => line.locator('pre').textContent()).toContain('<img src=x onerror=alert(1)>\ufffd');
    await expect.poll(() => line.locator('img').count()).toBe(0);
  });

  it('verifies, and leads to the first record that is wrong', async () => {
    fill();
    await open();
    await sheet().getByRole('button', { name: 'Verify' }).click();
    await sheet().locator('[data-valid="true"]').getByText('Valid: all 63 records').waitFor();
    await expect.poll(() => sheet().locator('[data-valid]').textContent()).toContain('3f'.padStart(64, '0'));
    stage.server.care.firstBad = 7;
    await sheet().getByRole('button', { name: 'Verify' }).click();
    await sheet().locator('[data-valid="false"]').getByText('record 7 is not as it was written').waitFor();
    await expect.poll(() => sheet().locator('[data-valid="false"] .plate').count()).toBe(1);
    await sheet().getByRole('button', { name: 'Show record 7' }).click();
    await expect.poll(async () => (await numbers())[0]).toBe(7);
    stage.server.broken.add('audit/verify');
    await sheet().getByRole('button', { name: 'Verify' }).click();
    await sheet().getByText('It could not be verified: jarvis.db').first().waitFor();
  });

  it('says what failed, and tries again', async () => {
    fill();
    stage.server.broken.add('audit');
    await stage.page.getByRole('button', { name: 'Audit…' }).click();
    await sheet().locator('[data-failed]').waitFor();
    stage.server.broken.delete('audit');
    await sheet().getByRole('button', { name: 'Retry' }).click();
    await lines().first().waitFor();
  });

  it.each(Object.entries(SIZES))('%s is accessible', async (name, size) => {
    fill();
    await stage.page.setViewportSize({ ...size });
    await open();
    await lines().first().locator('summary').click();
    await sheet().getByRole('button', { name: 'Verify' }).click();
    await sheet().locator('[data-valid]').waitFor();
    expect(await violations(stage.page)).toEqual([]);
    expect(await stage.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await stage.visitor.picture(`audit-${name}`);
  });
});
