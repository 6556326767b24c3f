// Holds the built page to its budgets: what a browser loads before it can draw, gzip-compressed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const KIB = 1024;
const dist = new URL('../dist/', import.meta.url).pathname;
const assets = join(dist, 'assets');
const html = readFileSync(join(dist, 'index.html'), 'utf8');

const initial = (extension) => readdirSync(assets).filter((name) => name.endsWith(extension) && html.includes(name));
const sum = (names, measure) => names.reduce((total, name) => total + measure(readFileSync(join(assets, name))), 0);
const gzipped = (bytes) => gzipSync(bytes, { level: 9 }).length;

const lazy = (part) => readdirSync(assets).filter((name) => name.startsWith(`${part}-`) && name.endsWith('.js') && !html.includes(name));

const budgets = [
  { what: 'initial JS (gz)', bytes: sum(initial('.js'), gzipped), limit: 180 * KIB },
  { what: 'initial CSS (gz)', bytes: sum(initial('.css'), gzipped), limit: 20 * KIB },
  { what: 'terminal JS (gz)', bytes: sum(lazy('TerminalDock'), gzipped), limit: 90 * KIB },
  { what: 'chat JS (gz)', bytes: sum(lazy('ChatDesk'), gzipped), limit: 20 * KIB },
  { what: 'fonts (woff2)', bytes: sum(readdirSync(assets).filter((n) => n.endsWith('.woff2')), (b) => b.length), limit: 120 * KIB },
];

let failed = false;
for (const { what, bytes, limit } of budgets) {
  const over = bytes > limit || bytes === 0;
  failed ||= over;
  console.log(`${over ? 'OVER ' : 'ok   '} ${what.padEnd(18)} ${(bytes / KIB).toFixed(1).padStart(6)} of ${limit / KIB} KiB`);
}
// The page is served under a policy without 'unsafe-inline'.
for (const [what, pattern] of [['an inline script', /<script(?![^>]*\ssrc=)[^>]*>/], ['an inline style', /<style|\sstyle=/]]) {
  if (pattern.test(html)) {
    failed = true;
    console.log(`OVER  index.html holds ${what}, which the content security policy refuses`);
  }
}
process.exit(failed ? 1 : 0);
