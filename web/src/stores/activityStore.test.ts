import { beforeEach, describe, expect, it } from 'vitest';
import type { Action, StreamEvent } from '../transport/wire';
import { actionOf, MOST_ENTRIES, useActivityStore } from './activityStore';

const store = () => useActivityStore.getState();
const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 19, 0, second)).toISOString();
const action = (id: string, state: string, second = 0, more: Partial<Action> = {}): Action => ({ id, tool: 'start_vm', state, requestedAt: at(second), ...more });
const event = (seq: number, type: string, data: unknown, second = 0): StreamEvent => ({ seq, at: at(second), type, summary: type, data });

beforeEach(() => store().reset());

describe('activityStore', () => {
  it('keeps one line per action, through its whole life', () => {
    store().noteEvent(event(1, 'action.requested', { action: action('a', 'RUNNING') }));
    store().noteEvent(event(2, 'action.ended', { action: action('a', 'SUCCEEDED') }));
    expect(store().entries).toHaveLength(1);
    expect(store().actions.get('a')?.state).toBe('SUCCEEDED');
  });

  it('does not let a late reply revive what has ended, nor shorten a log', () => {
    store().noteAction(action('a', 'RUNNING', 0, { log: ['one', 'two'] }));
    store().noteAction(action('a', 'RUNNING', 0, { log: ['one'] }));
    expect(store().actions.get('a')?.log).toEqual(['one', 'two']);
    store().noteAction(action('a', 'FAILED'));
    store().noteAction(action('a', 'RUNNING'));
    expect(store().actions.get('a')?.state).toBe('FAILED');
  });

  it('lists that a problem came and went, not each figure of it', () => {
    for (const [seq, type] of ['problem.raised', 'problem.changed', 'problem.attempted', 'problem.resolved'].entries()) store().noteEvent(event(seq, type, {}, seq));
    expect(store().entries.map((entry) => (entry.kind === 'event' ? entry.event.type : ''))).toEqual(['problem.resolved', 'problem.raised']);
  });

  it('lists the newest first, wherever it came from', () => {
    store().noteEvent(event(5, 'guest.changed', {}, 30));
    store().noteHistory([action('late', 'SUCCEEDED', 40), action('early', 'SUCCEEDED', 10)]);
    expect(store().entries.map((entry) => entry.key)).toEqual(['action late', 'event 5', 'action early']);
  });

  it('shows an event once, though it is sent again after a reconnect', () => {
    store().noteEvent(event(5, 'guest.changed', {}));
    store().noteEvent(event(5, 'guest.changed', {}));
    expect(store().entries).toHaveLength(1);
  });

  it('is bounded, and forgets the actions that fell out', () => {
    store().noteAction(action('first', 'SUCCEEDED', 0));
    for (let seq = 1; seq <= MOST_ENTRIES; seq++) store().noteEvent(event(seq, 'guest.changed', {}, 1));
    expect(store().entries).toHaveLength(MOST_ENTRIES);
    expect(store().actions.has('first')).toBe(false);
  });
});

describe('actionOf', () => {
  it('reads only events that carry an action, and only whole ones', () => {
    expect(actionOf(event(1, 'approval.decided', { action: action('a', 'RUNNING') }))?.id).toBe('a');
    expect(actionOf(event(1, 'guest.changed', { action: action('a', 'RUNNING') }))).toBeUndefined();
    expect(actionOf(event(1, 'action.ended', { action: { id: 'a' } }))).toBeUndefined();
    expect(actionOf(event(1, 'action.ended', null))).toBeUndefined();
  });
});
