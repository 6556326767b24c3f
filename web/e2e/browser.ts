import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** Where pictures go; the folder is no part of the project's sources. */
const PICTURES = process.env['JARVIS_PICTURES'] ?? 'target/pictures';

export interface Size {
  width: number;
  height: number;
}

export const SIZES = { wide: { width: 1920, height: 1080 }, laptop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;

export async function openBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: process.env['JARVIS_CHROMIUM'] ?? (await chromium.executablePath()),
    args: [...chromium.args.filter((arg) => !arg.startsWith('--headless') && arg !== '--single-process'), '--no-sandbox', '--disable-background-networking'],
    headless: true,
  });
}

/** A page whose every console error and uncaught exception is kept: a healthy run has none. */
export class Visitor {
  readonly complaints: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      // A refused request is part of some stories; a policy violation or a React warning is not.
      if (message.type() === 'error' && !/Failed to load resource|WebSocket connection/.test(message.text())) this.complaints.push(message.text());
    });
  }

  static async arrive(browser: Browser, url: string, size: Size = SIZES.laptop, reducedMotion = false): Promise<Visitor> {
    const context = await browser.newContext({ viewport: { ...size }, ignoreHTTPSErrors: true, reducedMotion: reducedMotion ? 'reduce' : 'no-preference', hasTouch: size.width < 700, deviceScaleFactor: size.width < 700 ? 2 : 1 });
    // As on a device that has seen the first seconds of this day already; who wants them clears what it remembers.
    await context.addInitScript(() => {
      if (!location.search.includes('boot')) localStorage.setItem('jarvis.boot', new Date().toDateString());
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const visitor = new Visitor(context, page);
    await page.goto(url);
    return visitor;
  }

  /** Takes a picture of what is on the screen; the answer is its file. */
  async picture(name: string, folder: string = PICTURES): Promise<string> {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${name}.png`);
    // Without what moves for ever: a busy machine never gets to paint it whole.
    await this.page.screenshot({ path, animations: 'disabled', timeout: 45_000 });
    return path;
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}

export interface Account {
  username: string;
  password: string;
}

/** Through the first-run form when there is no account yet, else through the login form. */
export async function enter(page: Page, setupToken: string, account: Account): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  if (await page.getByRole('heading', { name: 'First run' }).isVisible()) {
    await page.getByLabel('Setup token').fill(setupToken);
    await page.getByLabel('User name').fill(account.username);
    await page.getByLabel('Password', { exact: true }).fill(account.password);
    await page.getByLabel('Password again').fill(account.password);
    await page.getByRole('button', { name: 'Create account' }).click();
  } else {
    await page.getByLabel('User name').fill(account.username);
    await page.getByLabel('Password', { exact: true }).fill(account.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }
  await page.locator('[data-link="live"]').waitFor();
  await page.locator('.node, [data-tile]').first().waitFor();
}
