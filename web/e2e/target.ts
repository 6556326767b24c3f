import { FixtureServer } from '../test/fixture/fixtureServer';
import type { Item } from '../test/fixture/world';
import type { Account } from './browser';

/** A Jarvis to drive: the one that the environment names, or the fixture server. */
export interface Target {
  url: string;
  setupToken: string;
  account: Account;
  stop: () => Promise<void>;
}

export const ACCOUNT: Account = { username: process.env['JARVIS_USER'] ?? 'operator', password: process.env['JARVIS_PASSWORD'] ?? 'a sentence is easier' };

export async function fixture(items?: Item[], taskMs = 400): Promise<{ server: FixtureServer; url: string }> {
  const server = new FixtureServer({ dist: 'dist', items, taskMs });
  return { server, url: await server.start() };
}

export async function target(): Promise<Target> {
  const url = process.env['JARVIS_URL'];
  if (url !== undefined) {
    return { url, setupToken: process.env['JARVIS_SETUP_TOKEN'] ?? '', account: ACCOUNT, stop: () => Promise.resolve() };
  }
  const { server, url: local } = await fixture();
  return { url: local, setupToken: server.setupToken, account: ACCOUNT, stop: () => server.stop() };
}
