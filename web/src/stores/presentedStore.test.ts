import { beforeEach, describe, expect, it } from 'vitest';
import { usePresentedStore } from './presentedStore';

const table = (title: string) => ({ show: 'table', title, columns: ['a'], rows: [[1]] });
const screen = (revision: number, content: unknown, at = '2026-05-01T12:00:00Z') => ({ revision, at, content, by: 'operator', origin: 'chat' });
const state = () => usePresentedStore.getState();

beforeEach(() => state().reset());

describe('the screen that all pages share', () => {
  it('is shown with whose wish it was, and cleared', () => {
    state().noteScreen(screen(1, table('one')));
    expect(state()).toMatchObject({ shown: { title: 'one' }, from: { by: 'operator', origin: 'chat' } });
    state().noteScreen(screen(2, null));
    expect(state().shown).toBeUndefined();
  });
  it('does not come back where a person closed it, until something else is shown', () => {
    state().noteScreen(screen(1, table('one')));
    state().close();
    state().noteScreen(screen(1, table('one')));
    expect(state().shown).toBeUndefined();
    state().noteScreen(screen(2, table('two')));
    expect(state().shown?.title).toBe('two');
  });
  it('is taken anew from a server that counts anew', () => {
    state().noteScreen(screen(1, table('one')));
    state().noteScreen(screen(1, table('two'), '2026-05-02T12:00:00Z'));
    expect(state().shown?.title).toBe('two');
  });
  it('takes away only what it brought', () => {
    state().show(table('mine'));
    state().noteScreen(screen(1, null));
    expect(state()).toMatchObject({ shown: { title: 'mine' }, from: undefined });
  });
  it('shows nothing that cannot be drawn', () => {
    state().noteScreen(screen(1, { show: 'html', html: '<b>' }));
    expect(state().shown).toBeUndefined();
  });
});
