import { describe, expect, it } from 'vitest';
import { held, notHeld, released, secondsLeft } from './undoWindow';

describe('the time to undo', () => {
  it('runs out', () => {
    expect(secondsLeft(1_000, notHeld, 1_000)).toBe(30);
    expect(secondsLeft(1_000, notHeld, 11_500)).toBe(20);
    expect(secondsLeft(1_000, notHeld, 31_000)).toBe(0);
    expect(secondsLeft(1_000, notHeld, 900_000)).toBe(0);
  });
  it('stands still while it is held, also twice', () => {
    const first = held(notHeld, 11_000);
    expect(secondsLeft(1_000, first, 500_000)).toBe(20);
    const free = released(first, 61_000);
    expect(secondsLeft(1_000, free, 66_000)).toBe(15);
    const again = held(held(free, 66_000), 70_000);
    expect(secondsLeft(1_000, again, 99_000)).toBe(15);
    expect(secondsLeft(1_000, released(again, 76_000), 76_000)).toBe(15);
  });
  it('is never more than it was, and none where the end is not known', () => {
    expect(secondsLeft(50_000, notHeld, 1_000)).toBe(30);
    expect(secondsLeft(Number.NaN, notHeld, 1_000)).toBe(0);
    expect(released(notHeld, 5)).toBe(notHeld);
  });
});
