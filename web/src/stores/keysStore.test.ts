import { beforeEach, describe, expect, it } from 'vitest';
import { singleKeys } from '../a11y/keymap';
import { isBindable, readChoice, useKeysStore } from './keysStore';

beforeEach(() => useKeysStore.getState().restore());

describe('the choice of keys', () => {
  it('takes a free key and keeps it on this device', () => {
    expect(useKeysStore.getState().rebind('fix', 'X')).toBeUndefined();
    expect(readChoice(localStorage.getItem('jarvis.keys') ?? undefined).keys.fix).toBe('x');
  });
  it('names who has a key already, and changes nothing then', () => {
    expect(useKeysStore.getState().rebind('fix', 'u')).toBe('undo');
    expect(useKeysStore.getState().keys.fix).toBe('f');
  });
  it('can be switched off, and is so on the next visit', () => {
    useKeysStore.getState().turn(false);
    expect(readChoice(localStorage.getItem('jarvis.keys') ?? undefined).on).toBe(false);
  });
  it('starts from the usual keys where what was kept makes no sense', () => {
    for (const text of [undefined, '', 'null', '[]', '{"keys":{"fix":"Enter"}}', '{"keys":{"fix":"u"}}', '{"keys":{"fix":7}}']) expect(readChoice(text)).toEqual({ on: true, keys: singleKeys });
  });
  it('gives away no key that types nothing', () => {
    expect(['x', 'ö', '§'].every(isBindable)).toBe(true);
    expect(['Enter', ' ', '', 'F2'].some(isBindable)).toBe(false);
  });
});
