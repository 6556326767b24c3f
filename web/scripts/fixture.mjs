// Serves the built page from the fixture server, to look at it without a Jarvis: npm run build && npm run fixture
import { runnerImport } from 'vite';

const { module } = await runnerImport('./test/fixture/fixtureServer.ts');
const server = new module.FixtureServer({ dist: 'dist', port: Number(process.env.PORT ?? 8481), taskMs: 4_000 });
console.log(`Fixture at ${await server.start()}`);
console.log(`Setup token: ${server.setupToken}`);
