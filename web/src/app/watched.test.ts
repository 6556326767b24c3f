import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Watched } from './watched';

describe('Watched', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('asks once for however many look, again when the answer is old, and never after the last left', async () => {
    const ask = vi.fn(() => Promise.resolve(10_000)), forget = vi.fn();
    const watched = new Watched(ask, forget);
    const leave = [watched.watch('a'), watched.watch('a')];
    await vi.advanceTimersByTimeAsync(9_999);
    expect(ask).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(ask).toHaveBeenCalledTimes(2);
    leave[0]?.();
    leave[0]?.();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ask).toHaveBeenCalledTimes(3);
    leave[1]?.();
    expect(forget).toHaveBeenCalledExactlyOnceWith('a');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ask).toHaveBeenCalledTimes(3);
  });

  it('gives up the question when the last one leaves before its answer', async () => {
    const signals: AbortSignal[] = [];
    const watched = new Watched((_, signal) => {
      signals.push(signal);
      return new Promise((resolve) => setTimeout(() => resolve(5_000), 1_000));
    }, vi.fn());
    watched.watch('a')();
    watched.watch('a');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(signals).toHaveLength(3);
  });

  it('asks nothing while the page is hidden', async () => {
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    const ask = vi.fn(() => Promise.resolve(undefined));
    new Watched(ask, vi.fn()).watch('a');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ask).not.toHaveBeenCalled();
    hidden.mockReturnValue(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(ask).toHaveBeenCalledTimes(1);
  });
});
