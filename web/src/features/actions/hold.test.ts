import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CONFIRM_WINDOW_MS, Hold, HOLD_MS, type HoldPhase } from './hold';

let phases: HoldPhase[];
let consents: number;
let hold: Hold;

beforeEach(() => {
  vi.useFakeTimers();
  phases = [];
  consents = 0;
  hold = new Hold((phase) => phases.push(phase), () => (consents += 1));
  return () => vi.useRealTimers();
});

describe('Hold', () => {
  it('consents after the whole time and only once', () => {
    hold.press();
    vi.advanceTimersByTime(HOLD_MS - 1);
    expect(consents).toBe(0);
    vi.advanceTimersByTime(1);
    hold.release();
    hold.press();
    vi.advanceTimersByTime(HOLD_MS * 3);
    expect(consents).toBe(1);
    expect(phases).toEqual(['holding', 'done']);
  });

  it('starts over when released early: two halves are no whole', () => {
    for (let i = 0; i < 4; i++) {
      hold.press();
      vi.advanceTimersByTime(HOLD_MS * 0.9);
      hold.release();
    }
    vi.advanceTimersByTime(HOLD_MS * 2);
    expect(consents).toBe(0);
  });

  it('does not take repeated key events for a new press', () => {
    hold.press();
    vi.advanceTimersByTime(1_000);
    hold.press();
    vi.advanceTimersByTime(500);
    expect(consents).toBe(1);
  });

  it('asks assistive technology, which cannot hold, to click twice', () => {
    hold.assistiveClick();
    expect(consents).toBe(0);
    hold.assistiveClick();
    expect(consents).toBe(1);
  });

  it('forgets the first of two clicks after a while', () => {
    hold.assistiveClick();
    vi.advanceTimersByTime(CONFIRM_WINDOW_MS);
    hold.assistiveClick();
    expect(consents).toBe(0);
  });

  it('can be asked anew after a cancel', () => {
    hold.press();
    hold.cancel();
    vi.advanceTimersByTime(HOLD_MS);
    expect(consents).toBe(0);
    hold.press();
    vi.advanceTimersByTime(HOLD_MS);
    expect(consents).toBe(1);
  });
});
