import { describe, expect, it } from 'vitest';
import { read, unread } from '../test/fixture/details';
import { guest, storage } from '../test/fixture/world';
import { SIZES } from './browser';
import { staged, violations } from './fixturePage';

const stage = staged();
const ref = (vmid: number) => `pve:home:guest:${String(vmid)}`;
const row = (vmid: number) => stage.page.locator(`div[data-ref="${ref(vmid)}"]`);
const open = async (vmid: number) => {
  await row(vmid).locator('button.nm').first().click();
  await row(vmid).locator('[data-aspect="configuration"]').waitFor();
};
const section = (vmid: number, name: string) => row(vmid).locator(`[data-aspect="${name}"]`);
const unfold = (vmid: number, title: string) => row(vmid).getByRole('button', { name: title, exact: true }).click();

describe('a guest opened in place', () => {
  it('shows its last hour, snapshots, backups, configuration and what it tells from the inside', async () => {
    await open(102);
    await expect.poll(() => row(102).locator('[data-traces] path.line').first().getAttribute('d')).toMatch(/^M/);
    await section(102, 'backups').getByText('last 9 h ago').waitFor();
    await unfold(102, 'Backups');
    await expect.poll(() => section(102, 'backups').locator('[data-backup]').allTextContents()).toEqual([expect.stringContaining('9.0 GB · verified'), expect.stringContaining('9.0 GB · verification failed')]);
    await unfold(102, 'Snapshots');
    await section(102, 'snapshots').getByText('before-upgrade').waitFor();
    await unfold(102, 'Configuration');
    await section(102, 'configuration').getByText('vmbr0 VLAN 20').waitFor();
    await unfold(102, 'From the inside');
    await section(102, 'agent').getByText('192.168.1.20/24').waitFor();
  });

  it('asks the storages that take backups once, not the guest', async () => {
    await open(102);
    await section(102, 'backups').getByText('last 9 h ago').waitFor();
    const asked = stage.server.requests.filter((request) => /resources\/[^/]*storage[^/]*$/.test(request));
    expect(new Set(asked)).toEqual(new Set([`GET /api/resources/${encodeURIComponent('pve:home:storage:beacon:pbs-main')}`]));
  });

  it('says that the agent does not run, and never that nothing is used', async () => {
    stage.server.aspects.set(ref(102), { agent: unread('not-running', 'QEMU guest agent is not running') });
    await open(102);
    await section(102, 'agent').getByText('agent not running').waitFor();
    expect(await section(102, 'agent').textContent()).not.toContain('0');
    await stage.page.locator('#guest-filter').fill('win11');
    await open(140);
    await section(140, 'agent').getByText('it does not run').waitFor();
  });

  it('says why it is protected', async () => {
    stage.server.safety.protections.push({ ref: ref(101), source: 'tag', name: 'opnsense', reason: 'It has the tag jarvis-protected.', releasable: false, obstacle: 'Take the tag away first.' });
    await open(101);
    await row(101).getByText('It has the tag jarvis-protected.').waitFor();
  });

  it('keeps focus, and its name in view, while it opens by keyboard', async () => {
    const name = row(102).locator('button.nm');
    await name.focus();
    await stage.page.keyboard.press('Enter');
    await section(102, 'configuration').waitFor();
    expect(await name.evaluate((button) => button === document.activeElement)).toBe(true);
    const [list, shown] = await Promise.all([stage.page.locator('[data-list="guests"]').boundingBox(), name.boundingBox()]);
    expect(shown?.y).toBeGreaterThanOrEqual(list?.y ?? Number.NaN);
    expect(shown?.y).toBeLessThan((list?.y ?? 0) + (list?.height ?? 0));
  });
});

describe('a storage opened in place', () => {
  it('counts what is shared once, and shows what lies on it by kind and its backups with age and verification', async () => {
    const bar = stage.page.locator('[data-list="storages"] [role=listitem]').filter({ hasText: 'pbs-main' });
    await stage.page.getByRole('button', { name: /more, all under/ }).click();
    await expect.poll(() => bar.count()).toBe(1);
    await bar.locator('button.nm').click();
    await bar.getByText('counted once, seen by 4 nodes').waitFor();
    await bar.getByRole('button', { name: 'Content', exact: true }).click();
    await bar.getByText('3 volumes, 39.0 GB').waitFor();
    await bar.getByRole('button', { name: 'Backups', exact: true }).click();
    const backups = bar.locator('[data-backup]');
    await expect.poll(() => backups.allTextContents()).toEqual([expect.stringMatching(/home-assistant.*9 h · 9\.0 GB · verified/), expect.stringMatching(/verification failed/), expect.stringMatching(/jellyfin.*12 d · 21\.0 GB · not verified · kept/)]);
    expect(await violations(stage.page)).toEqual([]);
  });
});

describe('the log of a task', () => {
  const HOSTILE = ['\u001b[31mred\u001b[0m', 'a\u0000b', '\u202egpj.exe', '<img src=x onerror=alert(1)>', '\u001b]0;pwned\u0007title'];

  it('shows ANSI and control characters as inert text, follows what comes, and is found in', async () => {
    const [task] = stage.server.tasks;
    stage.server.logs.set(task?.id ?? '', [...HOSTILE, ...Array.from({ length: 2_500 }, (_, at) => `INFO: line ${String(at)}`)]);
    await open(130);
    await unfold(130, 'Tasks');
    await section(130, 'tasks').getByRole('button', { name: 'Log of Backup 130' }).click();
    const sheet = stage.page.getByRole('dialog', { name: 'Backup 130' });
    await sheet.getByText('INFO: line 2499').waitFor();
    stage.server.logs.get(task?.id ?? '')?.push('INFO: one more');
    await sheet.getByText('INFO: one more').waitFor();
    await sheet.getByRole('searchbox').fill('gpj');
    await sheet.getByText('1 / 1 line').waitFor();
    await stage.page.keyboard.press('Enter');
    await sheet.locator('.tl-line.now').getByText('\ufffdgpj.exe').waitFor();
    expect((await sheet.locator('.tl-line').allTextContents()).slice(0, HOSTILE.length)).toEqual(['red', 'a\ufffdb', '\ufffdgpj.exe', '<img src=x onerror=alert(1)>', 'title']);
    await expect.poll(() => sheet.locator('img').count()).toBe(0);
    expect(await stage.page.locator('.tl-line').count()).toBeLessThan(120);
    expect(await violations(stage.page)).toEqual([]);
    await stage.visitor.picture('laptop-log');
    await stage.page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    stage.server.logs.get(task?.id ?? '')?.push('TASK OK');
  });

  it('opens from the evidence of a problem', async () => {
    const [task] = stage.server.tasks;
    const found = stage.server.crash(ref(130));
    found.evidence.push({ label: 'Task', value: task?.id ?? '', at: null });
    stage.server.tellProblem(found, 'changed');
    const card = stage.page.locator(`[data-problem="${found.id}"]`);
    const head = card.locator('button[aria-expanded]').first();
    // A card that has just come takes no press for a moment.
    await expect.poll(async () => {
      if ((await head.getAttribute('aria-expanded')) === 'false') await head.click();
      return head.getAttribute('aria-expanded');
    }).toBe('true');
    await card.getByRole('button', { name: 'Log of Backup 130' }).click();
    await stage.page.getByRole('dialog').getByText('TASK OK').waitFor();
  });
});

describe('hostile names', () => {
  const NAMES = ['<img src=x onerror=alert(1)>', '\u202egnirts\u202c', 'x'.repeat(255), '', '👩‍🚀🦆🔥'];

  it.each(Object.entries(SIZES))('leave the layout intact at %s', async (name, size) => {
    await stage.page.setViewportSize({ ...size });
    NAMES.forEach((hostile, at) => {
      stage.server.add(guest(900 + at, hostile, 'atlas', 'qemu', true, 0.1, 0.1, { tags: [hostile] }));
      stage.server.add(storage('atlas', `${hostile}${String(at)}`, 0.97, 100, false, 'dir'));
    });
    stage.server.aspects.set(ref(902), {
      configuration: read({ notes: NAMES.join('\n'), osType: NAMES[2], disks: [{ key: 'scsi0', volume: NAMES[2], medium: false }], networks: [], pending: [] }),
      snapshots: read({ snapshots: NAMES.map((hostile) => ({ name: hostile, description: hostile })) }),
    });
    if (size.width < 1_024) await stage.page.getByRole('button', { name: 'Guests' }).click();
    await stage.page.locator('#guest-filter').fill('90');
    await open(902);
    await unfold(902, 'Configuration');
    await unfold(902, 'Snapshots');
    await stage.visitor.picture(`${name}-hostile`);
    expect(await stage.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    const wide = await stage.page.locator('#left').evaluate((left) => [...left.querySelectorAll('.gr, .gx, .asp, .st, .node, .items li')].filter((part) => part.getBoundingClientRect().right > left.getBoundingClientRect().right + 1).length);
    expect(wide).toBe(0);
    await expect.poll(() => stage.page.locator('#left img').count()).toBe(0);
    // Where there is one column, the view of the guests alone has neither the page's heading nor its main part.
    const ofShell = size.width < 1_024 ? /^(landmark-one-main|page-has-heading-one)/ : /^$/;
    expect((await violations(stage.page)).filter((violation) => !ofShell.test(violation))).toEqual([]);
  });
});
