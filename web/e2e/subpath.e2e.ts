import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { FixtureServer } from '../test/fixture/fixtureServer';
import { enter, openBrowser, Visitor } from './browser';
import { ACCOUNT } from './target';

/** Below a path of a reverse proxy, as many homelabs have it. */
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
});

describe('below a path', () => {
  it('finds its assets, REST, sockets and manifest there, and asks for nothing outside of it', async () => {
    const server = new FixtureServer({ dist: 'dist', below: '/jarvis/' });
    const url = await server.start();
    const visitor = await Visitor.arrive(browser, url);
    try {
      const { page } = visitor;
      await enter(page, server.setupToken, ACCOUNT);
      await page.locator('.node').first().waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press(',');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      server.cut();
      await expect.poll(() => server.connections).toBeGreaterThan(2);
      await page.locator('[data-link="live"]').waitFor();

      const manifest = await page.request.get(new URL((await page.locator('link[rel=manifest]').getAttribute('href')) ?? '', url).href);
      expect(manifest.headers()['content-type']).toBe('application/manifest+json');
      const { icons, start_url: start } = (await manifest.json()) as { icons: { src: string }[]; start_url: string };
      expect(new URL(start, manifest.url()).href).toBe(url);
      for (const { src } of icons) expect((await page.request.get(new URL(src, manifest.url()).href)).status(), src).toBe(200);
      expect(server.astray).toEqual([]);
      expect(visitor.complaints).toEqual([]);
    } finally {
      await visitor.leave();
      await server.stop();
    }
  });

  it('has icons of the sizes that it names', () => {
    const { icons } = JSON.parse(readFileSync('dist/manifest.webmanifest', 'utf8')) as { icons: { src: string; sizes: string }[] };
    for (const { src, sizes } of icons.filter(({ sizes }) => sizes !== 'any')) {
      const picture = readFileSync(`dist/${src}`);
      expect(`${String(picture.readUInt32BE(16))}x${String(picture.readUInt32BE(20))}`, src).toBe(sizes);
    }
  });
});
