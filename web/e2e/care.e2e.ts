import { describe, expect, it } from 'vitest';
import { SIZES } from './browser';
import { staged, violations } from './fixturePage';
import { foundProblem } from '../test/fixture/problems';

/** The settings of clusters and silences. */
const stage = staged();
const sheet = () => stage.page.locator('.sheet.settings');

async function open(section: string): Promise<void> {
  await stage.page.getByRole('button', { name: 'Settings' }).click();
  await sheet().getByRole('tab', { name: section }).click();
  await sheet().locator('.lines > li, .t2').first().waitFor();
}

describe('clusters', () => {
  it('show their members with reason and pin, and what a test found, the worst first, with its cure to copy', async () => {
    await open('Clusters');
    const cluster = sheet().locator('[data-cluster="pve:home:cluster"]');
    await expect.poll(() => cluster.locator('[data-member]').count()).toBe(2);
    await expect.poll(() => cluster.locator('[data-state="answering"]').textContent()).toContain('certificate pinned');
    await expect.poll(() => cluster.locator('[data-state="failing"]').textContent()).toContain('the certificate is not trusted');
    await expect.poll(() => cluster.locator('[data-state="failing"]').textContent()).toContain('1 m 30 s behind');
    await cluster.getByRole('button', { name: 'Test home' }).click();
    await cluster.locator('[data-outcome]').first().waitFor();
    expect(await cluster.locator('[data-outcome]').evaluateAll((all) => all.map((item) => (item as HTMLElement).dataset['outcome']))).toEqual(['failed', 'limited', 'passed']);
    await expect.poll(() => cluster.locator('[data-outcome="failed"]').textContent()).toContain('tls.fingerprint=192.168.1.11=77:01:AB');
    expect(stage.server.requests).toContain('GET /api/clusters/home/test');
    stage.server.broken.add('clusters/home/test');
    await cluster.getByRole('button', { name: 'Test home' }).click();
    await cluster.getByText('The test did not run: jarvis.db').waitFor();
  });

  it('are set into maintenance with all of their nodes', async () => {
    await open('Clusters');
    await sheet().getByRole('button', { name: 'Maintenance of all nodes…' }).click();
    await stage.page.locator('.sheet').getByRole('button', { name: 'Begin', exact: true }).click();
    await expect.poll(() => stage.server.care.works.size).toBe(4);
    await expect.poll(() => stage.page.locator('[data-maintenance]').count()).toBe(4);
  });
});

describe('silences', () => {
  it('are listed with their end, and ended', async () => {
    const silenced = foundProblem({ name: 'jellyfin', silenced: true, silence: { by: 'mary', until: new Date(Date.now() + 3_600_000).toISOString() } });
    stage.server.tellProblem(silenced);
    stage.server.tellProblem(foundProblem({ name: 'loud' }));
    await open('Silences');
    const line = sheet().locator(`[data-silence="${silenced.id}"]`);
    await line.waitFor();
    await expect.poll(() => sheet().locator('[data-silence]').count()).toBe(1);
    await expect.poll(() => line.textContent()).toContain('by mary');
    await line.getByRole('button', { name: 'End it: No backup: jellyfin' }).click();
    await line.getByRole('button', { name: 'End it', exact: true }).click();
    await line.waitFor({ state: 'detached' });
    await sheet().getByText('Nothing is silenced.').waitFor();
    expect(stage.server.problems.get(silenced.id)?.silenced).toBe(false);
  });
});

describe('every size', () => {
  it.each(Object.entries(SIZES))('%s is accessible', async (name, size) => {
    await stage.page.setViewportSize({ ...size });
    stage.server.tellProblem(foundProblem({ name: 'jellyfin', silenced: true, silence: { by: 'mary', until: new Date(Date.now() + 3_600_000).toISOString() } }));
    await open('Clusters');
    await sheet().getByRole('button', { name: 'Test home' }).click();
    await sheet().locator('[data-outcome]').first().waitFor();
    expect(await violations(stage.page)).toEqual([]);
    await stage.visitor.picture(`clusters-${name}`);
    await sheet().getByRole('tab', { name: 'Silences' }).click();
    await sheet().locator('[data-silence]').waitFor();
    expect(await violations(stage.page)).toEqual([]);
    expect(await sheet().evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
    await stage.visitor.picture(`silences-${name}`);
  });
});
