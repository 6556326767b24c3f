import { describe, expect, it } from 'vitest';
import { ALERT_EVERY_MS, alertOf, isQuiet, silent, type AlertState } from './alertGate';

/** Lets the gate see one list after another; answers what it told at each. */
function told(lists: readonly (readonly [critical: readonly string[], atMs: number, quiet?: boolean])[]): (readonly string[])[] {
  let state: AlertState = silent;
  return lists.map(([critical, at, quiet = false]) => {
    const next = alertOf(state, critical, at, quiet);
    state = next.state;
    return next.tell;
  });
}

describe('alerts', () => {
  it('do not tell of what was there before somebody looked', () => {
    expect(told([[['a'], 0], [['a'], 1]])).toEqual([[], []]);
  });
  it('tell of each problem once, also when it goes and comes back', () => {
    expect(told([[[], 0], [['a'], 1], [['a'], 2], [[], 3], [['a'], ALERT_EVERY_MS * 2]])).toEqual([[], ['a'], [], [], []]);
  });
  it('disturb at most once a minute, and then tell of all that came meanwhile and is still there', () => {
    expect(told([[[], 0], [['a'], 10], [['a', 'b', 'c'], 20], [['a', 'b'], ALERT_EVERY_MS + 9], [['a', 'b'], ALERT_EVERY_MS + 10]])).toEqual([[], ['a'], [], [], ['b']]);
  });
  it('wait for the end of the quiet hours', () => {
    expect(told([[[], 0], [['a'], 1, true], [['a', 'b'], 2, true], [['b'], 3]])).toEqual([[], [], [], ['b']]);
  });
});

describe('quiet hours', () => {
  const at = (hours: number, minutes = 0) => new Date(2026, 1, 3, hours, minutes);
  it('go over midnight where they end before they begin', () => {
    const night = { on: true, from: '22:00', to: '07:30' };
    expect([at(21, 59), at(22), at(3), at(7, 29), at(7, 30)].map((time) => isQuiet(night, time))).toEqual([false, true, true, true, false]);
  });
  it('hold within a day, and not at all while they are off', () => {
    expect([at(12), at(14)].map((time) => isQuiet({ on: true, from: '11:00', to: '14:00' }, time))).toEqual([true, false]);
    expect(isQuiet({ on: false, from: '00:00', to: '23:59' }, at(12))).toBe(false);
  });
});
