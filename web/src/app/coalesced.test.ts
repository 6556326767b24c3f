import { describe, expect, it } from 'vitest';
import { Coalesced } from './coalesced';

/** A question that is answered when the test says so. */
function question() {
  const waiting: (() => void)[] = [];
  let asked = 0;
  const coalesced = new Coalesced(() => {
    asked += 1;
    return new Promise((resolve) => waiting.push(resolve));
  });
  return { coalesced, asked: () => asked, answer: () => waiting.shift()?.() };
}

describe('Coalesced', () => {
  it('asks once more, not often, for what was wished while an answer was on its way', async () => {
    const { coalesced, asked, answer } = question();
    const first = coalesced.run();
    const later = [coalesced.run(), coalesced.run(), coalesced.run()];
    expect(asked()).toBe(1);
    answer();
    await first;
    await Promise.resolve();
    expect(asked()).toBe(2);
    answer();
    await Promise.all(later);
    expect(asked()).toBe(2);
  });

  it('does not end a later wish with the earlier answer', async () => {
    const { coalesced, answer } = question();
    let ended = false;
    const first = coalesced.run();
    const second = coalesced.run().then(() => {
      ended = true;
    });
    answer();
    await first;
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(ended).toBe(false);
    answer();
    await second;
    expect(ended).toBe(true);
  });

  it('asks at once again when nothing is on its way', async () => {
    const { coalesced, asked, answer } = question();
    const first = coalesced.run();
    answer();
    await first;
    void coalesced.run();
    expect(asked()).toBe(2);
  });
});
