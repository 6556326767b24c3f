import { beforeEach, describe, expect, it } from 'vitest';
import type { Action } from '../transport/wire';
import { DECIDED_STAYS_MS, useApprovalsStore, visibleCards } from './approvalsStore';

const store = () => useApprovalsStore.getState();
const visible = () => visibleCards(store()).map((card) => [card.id, card.state]);
const action = (id: string, state: 'PENDING' | 'CONSUMED' | 'REJECTED'): Action => ({
  id: `action-${id}`, tool: 'stop_vm', state: state === 'PENDING' ? 'AWAITING_APPROVAL' : state === 'REJECTED' ? 'REJECTED' : 'RUNNING',
  approval: { id, state, fingerprint: 'f', ...(state === 'PENDING' ? {} : { decidedBy: 'mary' }) },
});

beforeEach(() => store().reset());

describe('approvalsStore', () => {
  it('shows who decided elsewhere for a while, then lets the card go', () => {
    store().noteAction(action('a', 'PENDING'), 1_000);
    store().noteAction(action('a', 'REJECTED'), 5_000);
    expect(visible()).toEqual([['a', 'REJECTED']]);
    store().dropDecided(5_000 + DECIDED_STAYS_MS - 1);
    expect(visible()).toHaveLength(1);
    store().dropDecided(5_000 + DECIDED_STAYS_MS);
    expect(visible()).toEqual([]);
  });

  it('does not show the card of a gesture that asks and approves in one', () => {
    store().noteAction(action('earlier', 'PENDING'), 1_000);
    store().beginGesture(2_000);
    store().noteAction(action('own', 'PENDING'), 2_100);
    expect(visible()).toEqual([['earlier', 'PENDING']]);
    store().forget('own');
    store().endGesture();
    store().noteAction(action('own', 'PENDING'), 2_300);
    store().noteAction(action('own', 'CONSUMED'), 2_400);
    expect(visible()).toEqual([['earlier', 'PENDING']]);
  });

  it('shows the card of a gesture that broke off between asking and approving', () => {
    store().beginGesture(2_000);
    store().noteAction(action('own', 'PENDING'), 2_100);
    store().endGesture();
    expect(visible()).toEqual([['own', 'PENDING']]);
  });

  it('says nothing of what was decided before it was ever shown', () => {
    store().noteAction(action('a', 'CONSUMED'), 1_000);
    expect(visible()).toEqual([]);
  });

  it('does not open a decided card again for a late message', () => {
    store().noteAction(action('a', 'PENDING'), 1_000);
    store().noteAction(action('a', 'CONSUMED'), 2_000);
    store().noteAction(action('a', 'PENDING'), 3_000);
    expect(visible()).toEqual([['a', 'CONSUMED']]);
  });

  it('keeps what arrived while the list was on its way', () => {
    store().noteAction(action('new', 'PENDING'), 1_950);
    store().replaceAll([], 2_000, 1_900);
    expect(visible()).toEqual([['new', 'PENDING']]);
  });

  it('keeps a decision that came while the list was on its way', () => {
    store().noteAction(action('a', 'PENDING'), 1_000);
    store().noteAction(action('a', 'REJECTED'), 1_950);
    store().replaceAll([{ id: 'a', state: 'PENDING', action: action('a', 'PENDING') }], 2_000, 1_900);
    expect(visible()).toEqual([['a', 'REJECTED']]);
  });

  it('takes the server’s list after a reconnect: what is not in it does not wait any more', () => {
    store().noteAction(action('gone', 'PENDING'), 1_000);
    store().replaceAll([{ id: 'b', state: 'PENDING', action: action('b', 'PENDING') }], 2_000, 1_900);
    expect(visible()).toEqual([['b', 'PENDING']]);
  });

  it('knows what was asked for anew after its target changed, and what changed under its id', () => {
    const renewed = () => visibleCards(store()).map((card) => [card.id, card.renewed]);
    store().noteAction(action('a', 'PENDING'), 1_000);
    store().noteAction(action('a', 'PENDING'), 1_500);
    expect(renewed()).toEqual([['a', false]]);
    store().noteAction({ ...action('b', 'PENDING'), id: 'action-a' }, 2_000);
    expect(renewed()).toEqual([['a', false], ['b', true]]);
    store().replaceAll([{ id: 'a', state: 'PENDING', expiresAt: null, action: { ...action('a', 'PENDING'), approval: { id: 'a', state: 'PENDING', fingerprint: 'other' } } }], 3_000, 2_500);
    expect(renewed()).toEqual([['a', true]]);
  });
});
