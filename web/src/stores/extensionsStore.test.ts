import { beforeEach, describe, expect, it } from 'vitest';
import { jar } from '../../test/fixture/extensions';
import { consentCards, replacedBy, useExtensionsStore, waitingForConsent } from './extensionsStore';
import { extension, type Extension } from '../transport/wire';

const told = (changes: Parameters<typeof jar>[0] = {}): Extension => extension.parse(jar(changes));
const store = () => useExtensionsStore.getState();
const shown = () => consentCards(store().cards).map((card) => [card.extension.name, card.extension.state]);

beforeEach(() => store().reset());

describe('extensionsStore', () => {
  it('makes a card of what waits, oldest first, and of nothing else', () => {
    const first = told({ file: 'a.jar', name: 'a' });
    store().replaceAll([told({ file: 'r.jar', state: 'running' }), first], 1_000);
    store().replaceAll([told({ file: 'b.jar', name: 'b' }), first], 2_000);
    expect(shown()).toEqual([['a', 'awaiting-consent'], ['b', 'awaiting-consent']]);
    expect(waitingForConsent(store())).toBe(2);
  });

  it('keeps a card that was decided elsewhere for ten seconds, as decided', () => {
    store().replaceAll([told()], 1_000);
    store().replaceAll([told({ state: 'rejected', decidedBy: 'mary' })], 2_000);
    expect(waitingForConsent(store())).toBe(0);
    expect(shown()).toEqual([['Night watch', 'rejected']]);
    store().replaceAll([told({ state: 'rejected', decidedBy: 'mary' })], 8_000);
    store().dropDecided(12_000);
    expect(shown()).toEqual([]);
  });

  it('takes away at once what was decided here, also when the list says it again', () => {
    store().replaceAll([told()], 1_000);
    store().noteDecided(told({ state: 'running' }), 2_000);
    store().replaceAll([told({ state: 'running' })], 2_100);
    expect(shown()).toEqual([]);
    expect(store().extensions.map(({ state }) => state)).toEqual(['running']);
  });

  it('asks again, as new, when what was decided waits once more', () => {
    store().replaceAll([told()], 1_000);
    store().noteDecided(told({ state: 'running' }), 2_000);
    store().replaceAll([told()], 9_000);
    expect(consentCards(store().cards)[0]).toMatchObject({ arrivedAt: 9_000 });
    expect(waitingForConsent(store())).toBe(1);
  });

  it('drops the card of a jar that is gone', () => {
    store().replaceAll([told()], 1_000);
    store().replaceAll([], 2_000);
    expect(shown()).toEqual([]);
  });

  it('keeps the list when the next one does not come, and says why', () => {
    store().noteFailure('no');
    expect(store().list).toBe('failed');
    store().replaceAll([told()], 1_000);
    store().noteFailure('the disk is full');
    expect(store()).toMatchObject({ list: 'known', why: 'the disk is full' });
    expect(store().extensions).toHaveLength(1);
  });

  it('knows the version whose place another would take', () => {
    const before = told({ state: 'running' });
    expect(replacedBy(told({ file: 'next.jar', replaces: before.id }), [before])?.version).toBe('1.2.0');
    expect(replacedBy(before, [before])).toBeUndefined();
  });
});
