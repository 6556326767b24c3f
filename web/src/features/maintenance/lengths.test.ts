import { describe, expect, it } from 'vitest';
import { workEnd, workLengths } from './lengths';

describe('the end of work on a node', () => {
  const now = new Date(2026, 2, 28, 22, 30).getTime();
  it('lies ahead, and within what the server takes', () => {
    for (const length of workLengths) {
      expect(workEnd(length, now), length).toBeGreaterThan(now);
      expect(workEnd(length, now), length).toBeLessThanOrEqual(now + 30 * 86_400_000);
    }
  });
  it('of tomorrow is eight in the morning by this clock, also over a change of the clocks', () => {
    const end = new Date(workEnd('tomorrow', now));
    expect([end.getDate(), end.getHours(), end.getMinutes()]).toEqual([29, 8, 0]);
  });
});
