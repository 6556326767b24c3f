import { expect, it } from 'vitest';
import { SIZES } from './browser';
import { staged, violations } from './fixturePage';

const stage = staged();
const panel = () => stage.page.getByRole('region', { name: 'Shown' });
const slider = () => panel().getByRole('slider').first();
const showOf = async (name: string, list: string) => {
  await stage.page.locator(`[data-list="${list}"] button.nm`).filter({ hasText: name }).first().click();
  await stage.page.getByRole('button', { name: `Show chart of ${name}` }).click();
};

it('shows the figures of a node in the centre, one drawing for each unit, read by keyboard', async () => {
  await showOf('cinder', 'nodes');
  await expect.poll(() => panel().locator('[data-chart]').evaluateAll((charts) => charts.map((chart) => chart.getAttribute('data-chart')))).toEqual(['share', 'number', 'bytes']);
  await slider().focus();
  const now = await slider().getAttribute('aria-valuetext');
  expect(now).toMatch(/^\d\d:\d\d: CPU \d+%$/);
  await stage.page.keyboard.press('Home');
  await expect.poll(() => slider().getAttribute('aria-valuenow')).toBe('0');
  await stage.page.keyboard.press('ArrowRight');
  await expect.poll(() => slider().getAttribute('aria-valuenow')).toBe('1');
  expect(await slider().getAttribute('aria-valuetext')).not.toBe(now);
  await panel().getByRole('button', { name: '6 h' }).click();
  await expect.poll(() => panel().getByRole('button', { name: '6 h' }).getAttribute('aria-pressed')).toBe('true');
  await panel().locator('[data-chart]').first().waitFor();
  await panel().getByRole('button', { name: 'Close' }).click();
  await panel().waitFor({ state: 'detached' });
});

it('shows those of a guest and of a storage', async () => {
  await showOf('jellyfin', 'guests');
  await panel().getByText('Net out').waitFor();
  await showOf('tank', 'storages');
  await panel().getByText('Used space').waitFor();
});

it.each(Object.entries(SIZES))('is accessible and fits at %s', async (name, size) => {
  await stage.page.setViewportSize({ ...size });
  await showOf('cinder', 'nodes');
  await panel().locator('[data-chart]').first().waitFor();
  await stage.visitor.picture(`${name}-presented`);
  expect(await violations(stage.page)).toEqual([]);
  expect(await stage.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
});
