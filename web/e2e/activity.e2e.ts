import { describe, expect, it } from 'vitest';
import { plannedFor } from '../test/fixture/problems';
import { SIZES } from './browser';
import { staged, violations } from './fixturePage';

/** What was done, by whom, and how it is taken back; and what was asked for anew. */
const stage = staged();
const ref = (vmid: number) => `pve:home:guest:${String(vmid)}`;
const items = () => stage.page.locator('[data-action]');
const activity = () => stage.page.locator('#activity');

/** Somebody else asked for it, and it was approved and done. */
async function stopped(vmid: number): Promise<void> {
  stage.server.decideElsewhere(stage.server.askFromElsewhere('stop_vm', ref(vmid)), 'approve');
  await expect.poll(() => stage.server.actions[0]?.state).toBe('SUCCEEDED');
}

describe('undo', () => {
  it('counts down, stands still under focus, and undoes', async () => {
    await stopped(160);
    await stopped(102);
    const button = (vmid: number) => stage.page.locator(`[data-action="${String(stage.server.actions.find(({ targets }) => targets[0] === ref(vmid))?.id)}"] [data-undo]`);
    const left = async (vmid: number) => Number(await button(vmid).getAttribute('data-undo'));
    await button(160).focus();
    const held = await left(160);
    const before = await left(102);
    // The other one tells that the time goes on.
    await expect.poll(() => left(102), { timeout: 10_000 }).toBeLessThan(before - 2);
    expect(await left(160)).toBe(held);
    await stage.page.keyboard.press('Enter');
    await expect.poll(() => stage.server.items.get(ref(160))?.status).toBe('running');
  });

  it('is not offered of what was undone', async () => {
    await stopped(160);
    const id = String(stage.server.actions[0]?.id);
    const item = stage.page.locator(`[data-action="${id}"]`);
    await item.locator('[data-undo]').click();
    await expect.poll(() => stage.server.items.get(ref(160))?.status).toBe('running');
    await expect.poll(() => item.locator('[data-undo], [data-reverse]').count()).toBe(0);
    await item.getByRole('button', { name: 'Detail' }).click();
    await item.getByText('Undo: It has been undone.').waitFor();
  });

  it('later is asked for once more, as a new action', async () => {
    await stopped(160);
    Object.assign(stage.server.actions[0] ?? {}, { endedAt: new Date(Date.now() - 3_600_000).toISOString() });
    await stage.page.reload();
    const opener = items().first().getByRole('button', { name: 'Reverse…' });
    await opener.click();
    const question = items().first().getByRole('group', { name: /Reversing it is a new action/ });
    expect(await question.getByRole('button', { name: 'Leave it' }).evaluate((element) => element === document.activeElement)).toBe(true);
    await stage.page.keyboard.press('Escape');
    await expect.poll(() => opener.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(stage.server.actions).toHaveLength(1);
    await opener.click();
    await question.getByRole('button', { name: 'Reverse it' }).click();
    await expect.poll(() => stage.server.items.get(ref(160))?.status).toBe('running');
    expect(stage.server.actions.map(({ tool }) => tool)).toEqual(['start_vm', 'stop_vm']);
  });

  it('takes back the first step of a plan that was run alone', async () => {
    const truenas = stage.server.items.get(ref(120)), tank = [...stage.server.items.values()].find(({ kind }) => kind === 'storage');
    if (!truenas || !tank) throw new Error('no truenas or no storage');
    stage.server.change(truenas.ref, { protected: false });
    const { id } = stage.server.tellProblem(plannedFor(truenas, tank));
    const card = stage.page.locator(`[data-problem="${id}"]`);
    const fix = card.getByRole('button', { name: /^Fix…/ });
    await fix.waitFor();
    await expect.poll(async () => {
      if ((await fix.getAttribute('aria-expanded')) !== 'true') await fix.click();
      return card.locator('.plan').count();
    }).toBe(1);
    await card.locator('[data-first]').click();
    await card.locator('.plan[data-scope="first"]').getByRole('button', { name: 'Hold to run' }).click({ delay: 1_700 });
    await expect.poll(() => stage.server.items.get(ref(120))?.status).toBe('stopped');
    expect(stage.server.actions.map(({ tool }) => tool)).toEqual(['stop_vm']);
    await items().first().locator('[data-undo]').click();
    await expect.poll(() => stage.server.items.get(ref(120))?.status).toBe('running');
  });
});

describe('an action', () => {
  it('tells who asked by which way and who decided, and leads to its records', async () => {
    await stopped(160);
    stage.server.care.record('ci-runner (token)', 'action.requested', String(stage.server.actions[0]?.id), { tool: 'stop_vm' });
    stage.server.care.record('ada', 'login', 'ada');
    await items().first().getByRole('button', { name: 'Detail' }).click();
    const detail = items().first().locator('.av-detail');
    await expect.poll(() => detail.textContent()).toContain('Asked by ci-runner (API token, from the API)');
    await expect.poll(() => detail.textContent()).toContain('Decided by mary');
    await detail.getByRole('button', { name: 'In the audit' }).click();
    await expect.poll(() => stage.page.locator('.audit-sheet [data-seq]').evaluateAll((all) => all.map((line) => (line as HTMLElement).dataset['seq']))).toEqual(['1']);
  });

  it('is filtered by who asked for it and by its kind', async () => {
    await stopped(160);
    await expect.poll(() => items().count()).toBe(1);
    await activity().locator('[data-event]').first().waitFor();
    await activity().getByRole('button', { name: 'changes' }).click();
    await expect.poll(() => items().count()).toBe(0);
    expect(await activity().locator('[data-event]').count()).toBeGreaterThan(0);
    await activity().getByRole('button', { name: 'all' }).click();
    await activity().getByLabel('Who').selectOption('ci-runner');
    await expect.poll(() => activity().locator('[data-event]').count()).toBe(0);
    await expect.poll(() => items().count()).toBe(1);
    await activity().getByRole('button', { name: 'changes' }).click();
    await activity().getByText('Nothing here fits.').waitFor();
  });
});

describe('an approval that was asked for anew', () => {
  it('says that the plan changed, and forgets what was typed', async () => {
    const id = stage.server.askFromElsewhere('delete_vm', ref(140));
    const before = stage.page.locator(`[data-approval="${id}"]`);
    await before.getByRole('textbox').fill('win11-lab');
    const action = structuredClone(stage.server.actions[0]);
    const approval = action?.['approval'] as Record<string, unknown>;
    stage.server.event('approval.decided', 'Its target changed.', { action: { ...action, approval: { ...approval, fingerprint: 'f'.repeat(64), expiresAt: new Date(Date.now() + 90_000).toISOString() }, fingerprint: 'f'.repeat(64) } });
    await before.locator('[data-renewed]').getByText('The plan changed since you looked.').waitFor();
    await expect.poll(() => before.getByRole('textbox').inputValue()).toBe('');
    await expect.poll(() => before.textContent()).toContain('f'.repeat(12));
    await expect.poll(() => before.textContent()).toMatch(/expires in 1 m \d+ s/);
    stage.server.event('approval.decided', 'It lapsed.', { action: { ...action, approval: { ...approval, state: 'LAPSED' } } });
    await before.getByText('Lapsed: its target changed').waitFor();
    stage.server.event('action.awaiting-approval', 'It is asked for anew.', { action: { ...action, approval: { ...approval, id: 'anew' } } });
    await stage.page.locator('[data-approval="anew"] [data-renewed]').waitFor();
  });
});

describe('a problem that is over', () => {
  it('says what mended it, or that nothing did', async () => {
    const { id } = stage.server.crash(ref(102));
    stage.server.resolve(id, 'It is over.');
    await stage.page.locator(`[data-problem="${id}"]`).getByText('It ended by itself.').waitFor();
    const second = stage.server.crash(ref(160));
    second.attempts.push({ remedy: 'start', action: 'a-1', state: 'SUCCEEDED', by: 'mary', at: new Date().toISOString() });
    stage.server.resolve(second.id, 'It is over.');
    await stage.page.locator(`[data-problem="${second.id}"]`).getByText(/^Mended by Start .*, asked for by mary\.$/).waitFor();
  });
});

describe('every size', () => {
  it.each(Object.entries(SIZES))('%s is accessible', async (name, size) => {
    await stage.page.setViewportSize({ ...size });
    await stopped(160);
    stage.server.care.workElsewhere('pve:home:node:atlas', new Date(Date.now() + 3_600_000).toISOString(), '');
    stage.server.askFromElsewhere('stop_vm', ref(140));
    if (size.width < 700) await stage.page.getByRole('button', { name: 'Jarvis', exact: true }).click();
    await activity().getByText(/atlas is in maintenance until/).waitFor();
    await stage.page.locator(`[data-action="${String(stage.server.actions[1]?.id)}"]`).getByRole('button', { name: /Detail|Why/ }).click();
    // One view of a phone alone has no verdict, which is the first heading.
    expect((await violations(stage.page)).filter((found) => !found.startsWith('page-has-heading-one'))).toEqual([]);
    expect(await stage.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await stage.visitor.picture(`activity-${name}`);
  });
});
