import { describe, expect, it } from 'vitest';
import { foundProblem, plannedFor } from '../test/fixture/problems';
import { enter, SIZES, Visitor } from './browser';
import { staged, violations } from './fixturePage';
import { ACCOUNT, fixture } from './target';

/** Problems as they come, are tended to, are mended and go. */
const stage = staged();
const ref = (vmid: number) => `pve:home:guest:${String(vmid)}`;
const card = (id: string) => stage.page.locator(`[data-problem="${id}"]`);
const cards = () => stage.page.locator('[data-list="problems"] [data-problem]');
const total = () => stage.page.locator('[data-total="Problems"] dd');
const plates = () => stage.page.locator('[data-plate="critical"], [data-plate="warning"]');
const planned = () => {
  const [guest, storage] = [stage.server.items.get(ref(120)), stage.server.items.get('pve:home:storage:cinder:tank')];
  return guest && storage ? plannedFor(guest, storage) : expect.fail('the world has no truenas');
};

describe('a problem', () => {
  it('is not there while all is well, and nothing is filled', async () => {
    await stage.page.getByText('No problem is open.').first().waitFor();
    await expect.poll(() => total().textContent()).toBe('0');
    await expect.poll(() => plates().count()).toBe(0);
  });

  it('is shown with its evidence, mended by one click, ticked and gone', async () => {
    const { id } = stage.server.crash(ref(102));
    await card(id).getByText('CRITICAL').waitFor();
    await card(id).getByText('killed for want of memory').waitFor();
    await expect.poll(() => stage.page.getByRole('alert').first().textContent()).toContain('Critical. Guest crashed: home-assistant.');
    await expect.poll(() => total().textContent()).toContain('1');
    await expect.poll(() => card(id).getByRole('button', { name: 'Fix: Start home-assistant' }).getAttribute('aria-disabled')).toBe('false');
    await stage.page.waitForTimeout(450);
    await card(id).getByRole('button', { name: 'Fix: Start home-assistant' }).click();
    await expect.poll(() => stage.server.items.get(ref(102))?.status).toBe('running');
    await card(id).getByText('RESOLVED').waitFor();
    await expect.poll(() => total().textContent()).toBe('0');
    await stage.visitor.picture('problem-resolved');
    await card(id).waitFor({ state: 'detached', timeout: 13_000 });
  });

  it('is mended by the keyboard, which never loses its place', async () => {
    const first = stage.server.crash(ref(102));
    const second = stage.server.crash(ref(160));
    await card(second.id).waitFor();
    await stage.page.waitForTimeout(450);
    await card(first.id).locator('[data-roving]').focus();
    await stage.page.keyboard.press('f');
    expect(stage.server.items.get(ref(102))?.status).toBe('stopped');
    await stage.page.keyboard.press('Enter');
    await card(first.id).getByText('RESOLVED').waitFor();
    const inside = (id: string) => card(id).evaluate((element) => element.contains(document.activeElement));
    await expect.poll(() => inside(first.id)).toBe(true);
    await card(first.id).waitFor({ state: 'detached', timeout: 13_000 });
    await expect.poll(() => inside(second.id)).toBe(true);
  });

  it('is in the details of its resource, whose row bears its mark', async () => {
    const { id } = stage.server.crash(ref(102));
    const row = stage.page.locator(`div[data-ref="${ref(102)}"]`);
    await row.locator('.g-critical').waitFor();
    await row.locator('button.nm').click();
    await row.getByText('crashed and does not run').waitFor();
    await row.getByRole('button', { name: 'Show Guest crashed: home-assistant' }).click();
    expect(await card(id).evaluate((element) => element.contains(document.activeElement))).toBe(true);
  });

  it('was there before the page was', async () => {
    const { id } = stage.server.crash(ref(102));
    await card(id).waitFor();
    await stage.page.reload();
    await card(id).waitFor();
    await expect.poll(() => cards().count()).toBe(1);
  });

  it('says why nothing mends it, where nothing does', async () => {
    const { id } = stage.server.tellProblem(foundProblem({ noRemedy: 'Replace the disk; then zpool replace.' }));
    await card(id).getByText('Replace the disk; then zpool replace.').waitFor();
    await expect.poll(() => card(id).getByRole('button', { name: /Fix/ }).count()).toBe(0);
  });

  it('stands as stale, unfilled, as soon as the line is gone', async () => {
    const { id } = stage.server.crash(ref(102));
    await card(id).getByText('CRITICAL').waitFor();
    stage.server.cut(true);
    await card(id).and(stage.page.locator('[data-stale="true"]')).waitFor({ timeout: 1_500 });
    await expect.poll(() => plates().count()).toBe(0);
    await expect.poll(() => card(id).getByRole('button', { name: /Fix/ }).getAttribute('aria-disabled')).toBe('true');
    stage.server.heal();
    await card(id).and(stage.page.locator('[data-stale="false"]')).waitFor();
  });

  it('draws hostile words as text', async () => {
    const nasty = '<img src=x onerror=alert(1)>';
    const { id } = stage.server.tellProblem(foundProblem({ title: nasty, name: nasty, summary: nasty, evidence: [{ label: nasty, value: nasty, at: null }], notes: [{ by: nasty, at: new Date().toISOString(), text: nasty }], noRemedy: nasty }));
    await card(id).locator('[data-roving]').click();
    await stage.page.waitForTimeout(450);
    await expect.poll(() => stage.page.locator('#centre img').count()).toBe(0);
  });
});

describe('a plan', () => {
  it('names each step with what it costs, and runs once its name is typed', async () => {
    const { id } = stage.server.tellProblem(planned());
    await stage.page.waitForTimeout(450);
    await card(id).getByRole('button', { name: /Fix/ }).click();
    const plan = card(id).locator('.plan');
    await plan.getByText('Delete 14 backups older than 30 days').waitFor();
    await expect.poll(() => plan.locator('li').first().textContent()).toContain('at most 3 m');
    await expect.poll(() => plan.locator('li .tag').allTextContents()).toEqual(['undoable', 'not undoable']);
    await stage.visitor.picture('problem-plan');
    expect(await violations(stage.page)).toEqual([]);
    await plan.getByRole('textbox').fill('truenas');
    await plan.getByRole('button', { name: 'Run', exact: true }).click();
    await card(id).getByText('RESOLVED').waitFor();
    expect(stage.server.actions[0]?.tool).toBe('plan');
  });

  it('runs its first step alone, after the consent that this step costs', async () => {
    const { id } = stage.server.tellProblem(planned());
    await stage.page.waitForTimeout(450);
    await card(id).getByRole('button', { name: /Fix/ }).click();
    await card(id).getByRole('button', { name: 'Run step 1 only' }).click();
    await card(id).locator('[data-scope="first"]').waitFor();
    await expect.poll(() => card(id).locator('.steps li').count()).toBe(1);
    await card(id).getByRole('button', { name: 'Hold to run' }).click({ delay: 1_700 });
    await expect.poll(() => stage.server.items.get(ref(120))?.status).toBe('stopped');
    expect(stage.server.actions[0]?.tool).toBe('stop_vm');
  });

  it('opens by the keyboard, and Escape gives focus back', async () => {
    const { id } = stage.server.tellProblem(planned());
    await card(id).waitFor();
    await stage.page.waitForTimeout(450);
    await stage.page.keyboard.press('2');
    await stage.page.keyboard.press('f');
    await card(id).locator('.plan').waitFor();
    await stage.page.keyboard.press('Escape');
    await card(id).locator('.plan').waitFor({ state: 'detached' });
    expect(await card(id).locator('[data-roving]').evaluate((element) => element === document.activeElement)).toBe(true);
  });
});

describe('what people say of a problem', () => {
  const opened = async () => {
    const { id } = stage.server.crash(ref(102));
    await card(id).waitFor();
    await stage.page.waitForTimeout(450);
    await card(id).locator('[data-roving]').click();
    return id;
  };

  it('is kept: who saw it and what they wrote', async () => {
    const id = await opened();
    await card(id).getByRole('button', { name: 'Acknowledge' }).click();
    await card(id).getByText(/seen by operator/).waitFor();
    await card(id).getByRole('button', { name: 'Note…' }).click();
    await card(id).getByLabel('Note').fill('The memory is ordered.');
    await card(id).getByRole('button', { name: 'Add the note' }).click();
    await card(id).locator('.said').getByText('The memory is ordered.').waitFor();
    expect(await violations(stage.page)).toEqual([]);
  });

  it('silences it: it leaves the count, but can be found and heard again', async () => {
    const id = await opened();
    await card(id).getByRole('button', { name: 'Silence…' }).click();
    await card(id).getByRole('button', { name: '8 h' }).click();
    await card(id).waitFor({ state: 'detached' });
    await expect.poll(() => total().textContent()).toBe('0');
    await stage.page.getByRole('button', { name: '1 silenced' }).click();
    await card(id).getByText(/silenced until/).waitFor();
    await stage.page.waitForTimeout(450);
    await card(id).getByRole('button', { name: 'End the silence' }).click();
    await expect.poll(() => total().textContent()).toContain('1');
  });
});

describe('many', () => {
  it('shows seven and says how many more, the worst first', async () => {
    for (let n = 0; n < 9; n++) stage.server.tellProblem(foundProblem({ id: `w${String(n)}`, name: `guest-${String(n)}`, since: new Date(Date.now() - n * 60_000).toISOString() }));
    const worst = stage.server.crash(ref(102));
    await expect.poll(() => cards().count()).toBe(7);
    await expect.poll(() => cards().first().getAttribute('data-problem')).toBe(worst.id);
    await expect.poll(() => cards().nth(1).getAttribute('data-problem')).toBe('w8');
    await stage.page.getByRole('button', { name: '3 more' }).click();
    await expect.poll(() => cards().count()).toBe(10);
  });

  it.each(Object.entries(SIZES))('%s is accessible with an open problem, a plan and a note', async (name, size) => {
    const { server, url } = await fixture();
    const visitor = await Visitor.arrive(stage.browser, url, size);
    try {
      await enter(visitor.page, server.setupToken, ACCOUNT);
      const guest = server.items.get(ref(120)), storage = server.items.get('pve:home:storage:cinder:tank');
      if (!guest || !storage) return expect.fail('the world has no truenas');
      const plan = server.tellProblem(plannedFor(guest, storage));
      const crash = server.crash(ref(102));
      server.tellProblem(foundProblem({ severity: 'warning', title: 'Temperature high', ref: 'pve:home:node:cinder', name: 'cinder', part: 'Package id 0', summary: 'cinder is at 78 °C, above 75 °C.', noRemedy: 'Look at its fans and at what it does.', affected: { total: 18, items: [ref(120)] } }));
      server.tellProblem(foundProblem({ severity: 'info', title: 'Scrub overdue', ref: 'pve:home:node:dune', name: 'dune', part: 'rpool', summary: 'rpool on dune was last scrubbed 44 days ago.', returns: 1 }));
      await visitor.page.locator(`[data-problem="${crash.id}"]`).waitFor();
      await visitor.page.waitForTimeout(450);
      await visitor.picture(`problems-${name}`);
      await visitor.page.locator(`[data-problem="${crash.id}"] [data-roving]`).click();
      await visitor.page.locator(`[data-problem="${plan.id}"] [data-fix]`).click();
      await visitor.page.locator('.plan .cons').waitFor();
      await visitor.page.locator('.node[data-ref="pve:home:node:cinder"] button.nm').click();
      await visitor.page.locator('.node .rp').waitFor();
      await visitor.picture(`problems-open-${name}`);
      expect(await violations(visitor.page)).toEqual([]);
      expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      const small = await visitor.page.locator('button:visible, input:visible').evaluateAll((controls) => controls.filter((control) => control.getBoundingClientRect().height < 28).map((control) => control.textContent));
      expect(small).toEqual([]);
      expect(visitor.complaints).toEqual([]);
    } finally {
      await visitor.leave();
      await server.stop();
    }
  });
});
