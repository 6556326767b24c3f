import { defineConfig } from 'vitest/config';

/** What is measured in the browser and asserts nothing: `npm run bench`. */
export default defineConfig({
  test: { include: ['e2e/**/*.bench.ts'], environment: 'node', fileParallelism: false, testTimeout: 300_000, hookTimeout: 120_000 },
});
