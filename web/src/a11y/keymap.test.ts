import { describe, expect, it } from 'vitest';
import { commandOf, type KeyPress } from './keymap';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, target: document.body, ...more });

describe('commandOf', () => {
  it('knows the page’s keys', () => {
    expect(commandOf(press('2'))).toEqual({ do: 'focus-region', at: 1 });
    expect(commandOf(press('F6', { shiftKey: true }))).toEqual({ do: 'cycle-region', step: -1 });
    expect([commandOf(press('.')), commandOf(press('/')), commandOf(press('a')), commandOf(press('U')), commandOf(press(',')), commandOf(press('f'))].map((command) => command?.do)).toEqual(['open-menu', 'filter', 'open-approval', 'undo-last', 'settings', 'fix']);
  });
  it('halts from anywhere, also where somebody types', () => {
    const target = document.createElement('input');
    expect(commandOf(press('h', { ctrlKey: true, altKey: true, target }))).toEqual({ do: 'halt' });
    expect(commandOf(press('h', { ctrlKey: true }))).toBeUndefined();
    expect(commandOf(press('h', { altKey: true }))).toBeUndefined();
  });
  it('leaves letters alone where somebody types', () => {
    for (const name of ['input', 'textarea', 'select'] as const) {
      const target = document.createElement(name);
      expect(commandOf(press('a', { target }))).toBeUndefined();
      expect(commandOf(press('F6', { target }))).toEqual({ do: 'cycle-region', step: 1 });
    }
  });
  it('leaves the browser its own chords', () => {
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey'] as const) expect(commandOf(press('a', { [modifier]: true }))).toBeUndefined();
  });
});
