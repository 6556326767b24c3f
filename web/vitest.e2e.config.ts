import { defineConfig } from 'vitest/config';

/** The browser suite: one Chromium, one page at a time, in file order. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.e2e.ts'],
    environment: 'node',
    fileParallelism: false,
    sequence: { concurrent: false },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A busy machine draws late; what has to happen within a bound says so itself.
    expect: { poll: { timeout: 10_000 } },
    // A test that is late once on a busy machine is tried again, and told as one that was. Not against a real Jarvis:
    // there one test begins where the one before left the house, so a second try would find what the first was late for.
    retry: process.env['JARVIS_URL'] === undefined ? 1 : 0,
    bail: 0,
  },
});
