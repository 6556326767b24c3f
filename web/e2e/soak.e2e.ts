import type { CDPSession } from 'playwright-core';
import { expect, it } from 'vitest';
import { guest } from '../test/fixture/world';
import { SIZES } from './browser';
import { staged } from './fixturePage';

/**
 * A page that is left alone while the house lives: a minute by default, longer by JARVIS_SOAK_SECONDS (86,400 is the day
 * that a wall display has to hold). What it holds in memory, in the document and in listeners stays where it was.
 */
const SOAK_MS = Number(process.env['JARVIS_SOAK_SECONDS'] ?? '60') * 1_000;
const MOST_MORE_BYTES = 10 * 1024 * 1024;
/** What moves by itself: toasts, ticks of the rail, rows that come and go with the moment. */
const MOST_MORE_ELEMENTS = 150;
const MOST_MORE_LISTENERS = 150;
const STIRRED_EVERY_MS = 100;
/** Over a crash and its mending, which take five seconds. */
const LOOKS = 7;
const LOOK_EVERY_MS = 1_000;
const CRASHING = 'pve:home:guest:110';
/** More than the activity list, the longest of those that only show what is in view, can draw at any size. */
const MORE_THAN_IN_VIEW = 60;
const stage = staged();

interface Held {
  bytes: number;
  elements: number;
  listeners: number;
}

const pass = (afterMs: number) => new Promise((resolve) => setTimeout(resolve, afterMs));

/** The least of some looks: what is held by mistake is in all of them, a card that comes and goes is not. */
async function held(line: CDPSession): Promise<Held> {
  const least: Held = { bytes: Infinity, elements: Infinity, listeners: Infinity };
  for (let look = 0; look < LOOKS; look++) {
    await line.send('HeapProfiler.collectGarbage');
    const { metrics } = await line.send('Performance.getMetrics');
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    least.bytes = Math.min(least.bytes, of('JSHeapUsedSize'));
    least.elements = Math.min(least.elements, of('Nodes'));
    least.listeners = Math.min(least.listeners, of('JSEventListeners'));
    await pass(LOOK_EVERY_MS);
  }
  return least;
}

/** A crash and its mending at once. */
function crashAndMend(): void {
  const { server } = stage;
  server.resolve(server.crash(CRASHING).id, 'It runs again.');
  server.change(CRASHING, { status: 'running' });
}

/** Some of all that happens in a house: figures move, a guest comes and goes, one crashes and is mended, the line breaks. */
function stir(turn: number, crashed: string[]): void {
  const { server } = stage;
  const guests = [...server.items.keys()].filter((ref) => ref.includes(':guest:'));
  server.changeMany(guests.map((ref, at) => ({ ref, cpu: ((turn + at) % 100) / 100 })));
  if (turn % 20 === 0) server.add(guest(900, `visitor-${String(turn)}`, 'atlas', 'lxc', true, 0.1, 0.1));
  if (turn % 20 === 10) server.remove('pve:home:guest:900');
  if (turn % 50 === 0) crashed.push(server.crash(CRASHING).id);
  if (turn % 50 === 25) {
    server.resolve(crashed.pop() ?? '', 'It runs again.');
    server.change(CRASHING, { status: 'running' });
  }
  if (turn % 150 === 149) server.cut();
}

it('holds no more after a while than at its beginning', { timeout: SOAK_MS + 120_000 }, async () => {
  const { page, visitor } = stage;
  await page.setViewportSize({ ...SIZES.wide });
  const line = await visitor.context.newCDPSession(page);
  await line.send('Performance.enable');
  const crashed: string[] = [];
  let turn = 0;
  // A list that fills while it is watched would be taken for a leak: it draws as many rows as it ever will from here on.
  for (let happened = 0; happened < MORE_THAN_IN_VIEW; happened++) crashAndMend();
  const stirring = setInterval(() => stir(turn++, crashed), STIRRED_EVERY_MS);
  try {
    // What is bounded by time (series, the rail's minute) is full as well before it is counted.
    await pass(SOAK_MS / 2);
    const before = await held(line);
    await pass(SOAK_MS / 2);
    const after = await held(line);
    expect(after.bytes - before.bytes).toBeLessThan(MOST_MORE_BYTES);
    expect(after.elements - before.elements).toBeLessThan(MOST_MORE_ELEMENTS);
    expect(after.listeners - before.listeners).toBeLessThan(MOST_MORE_LISTENERS);
  } finally {
    clearInterval(stirring);
  }
  await page.locator('[data-link="live"]').waitFor();
  await expect.poll(() => stage.server.openSockets).toBe(2);
});
