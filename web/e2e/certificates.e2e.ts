import { describe, expect, it } from 'vitest';
import { NEW, OLD } from '../test/fixture/certificates';
import { SIZES } from './browser';
import { staged, violations } from './fixturePage';

/** The certificates of a cluster's members, and a person's consent to one. */
const stage = staged();
const sheet = () => stage.page.locator('.sheet.settings');
const of = (host: string) => sheet().locator(`[data-certificate="https://${host}:8006"]`);
const beacon = () => of('192.168.1.11');

async function open(): Promise<void> {
  await stage.page.getByRole('button', { name: 'Settings' }).click();
  await sheet().getByRole('tab', { name: 'Clusters' }).click();
  await sheet().getByRole('button', { name: 'Certificates of home' }).click();
  await beacon().waitFor();
}

async function ask(): Promise<void> {
  await beacon().getByRole('button', { name: 'Consent to the certificate of 192.168.1.11' }).click();
}

describe('certificates', () => {
  it('are shown with everything that a decision needs, the worst first', async () => {
    await open();
    expect(await sheet().locator('[data-certificate]').evaluateAll((all) => all.map((item) => (item as HTMLElement).dataset['standing']))).toEqual(['changed', 'unknown', 'silent', 'pinned']);
    const text = await beacon().textContent();
    for (const part of [NEW, 'CN=beacon.home.arpa', 'CN=Proxmox Virtual Environment', 'Valid until', 'not trusted', 'System > Certificates']) expect(text).toContain(part);
    await expect.poll(() => of('192.168.1.13').textContent()).toContain('refuses connections');
  });

  it('that the configuration pins are its own to change, with the old, the new and the line', async () => {
    await open();
    const cinder = of('192.168.1.12');
    await expect.poll(() => cinder.locator('[data-expected]').textContent()).toContain(OLD);
    await expect.poll(() => cinder.textContent()).toContain(`tls.fingerprint=${NEW}`);
    await expect.poll(() => cinder.textContent()).toContain('Somebody may stand between');
    expect(await cinder.getByRole('button', { name: /Consent/ }).count()).toBe(0);
  });

  it('are consented to by the typed address, and that is taken back', async () => {
    await open();
    await ask();
    const accept = beacon().getByRole('button', { name: 'Consent', exact: true });
    expect(await accept.isDisabled()).toBe(true);
    await beacon().getByLabel('Its address, to consent').fill('192.168.1.1');
    await accept.click();
    await beacon().locator('.notice', { hasText: 'exactly as it is shown' }).waitFor();
    expect(stage.server.care.records).toEqual([]);
    await beacon().getByLabel('Its address, to consent').fill('192.168.1.11');
    await stage.page.keyboard.press('Enter');
    await sheet().locator('[data-standing="consented"]').waitFor();
    await expect.poll(() => beacon().textContent()).toMatch(/consented to by \S+ on/);
    expect(stage.server.care.records.at(-1)).toMatchObject({ activity: 'certificate.accepted', subject: 'home https://192.168.1.11:8006' });

    await beacon().getByRole('button', { name: 'Take the consent back: 192.168.1.11' }).click();
    await beacon().getByRole('button', { name: 'Take the consent back', exact: true }).click();
    await expect.poll(() => beacon().getAttribute('data-standing')).toBe('unknown');
  });

  it('that changed while a person looked at them are refused', async () => {
    await open();
    await ask();
    const shown = stage.server.care.certificates.all[1]?.shown;
    if (shown) shown.fingerprint = OLD;
    await beacon().getByLabel('Its address, to consent').fill('192.168.1.11');
    await beacon().getByRole('button', { name: 'Consent', exact: true }).click();
    await beacon().locator('.notice', { hasText: `shows the certificate ${OLD} now` }).waitFor();
    await expect.poll(() => beacon().getAttribute('data-standing')).toBe('unknown');
    expect(stage.server.care.records).toEqual([]);
  });

  it('are inert text, whatever a stranger wrote into them', async () => {
    const shown = stage.server.care.certificates.all[1]?.shown;
    if (shown) shown.subject = `CN=<img src=x onerror=alert(1)>${'x'.repeat(200)}`;
    await open();
    await expect.poll(() => beacon().textContent()).toContain('<img src=x onerror=alert(1)>');
    expect(await beacon().locator('img').count()).toBe(0);
    expect(await sheet().evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  });

  it('are not decided on while the server is away', async () => {
    await open();
    await ask();
    await beacon().getByLabel('Its address, to consent').fill('192.168.1.11');
    stage.server.cut(true);
    await expect.poll(() => beacon().getByRole('button', { name: 'Consent', exact: true }).isDisabled()).toBe(true);
  });

  it('say why they did not come', async () => {
    stage.server.broken.add('clusters/home/certificates');
    await stage.page.getByRole('button', { name: 'Settings' }).click();
    await sheet().getByRole('tab', { name: 'Clusters' }).click();
    await sheet().getByRole('button', { name: 'Certificates of home' }).click();
    await sheet().locator('.notice', { hasText: 'The certificates did not come: jarvis.db' }).waitFor();
  });
});

describe('every size', () => {
  it.each(Object.entries(SIZES))('%s is accessible', async (name, size) => {
    await stage.page.setViewportSize({ ...size });
    await open();
    await ask();
    expect(await violations(stage.page)).toEqual([]);
    expect(await sheet().evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
    await beacon().scrollIntoViewIfNeeded();
    await stage.visitor.picture(`certificates-${name}`);
  });
});
