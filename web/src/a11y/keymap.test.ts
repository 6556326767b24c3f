import { describe, expect, it } from 'vitest';
import { commandOf, singleKeys, type KeyChoice, type KeyPress } from './keymap';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, target: document.body, ...more });
const usual: KeyChoice = { on: true, keys: singleKeys };

describe('commandOf', () => {
  it('knows the page’s keys, whatever the shift key says', () => {
    expect(['1', '2', '3', '.', '/', 'a', 'U', ',', 'f', 'P', 'm', 'T', '?', 'j', 'K'].map((key) => commandOf(press(key), usual))).toEqual(['left', 'centre', 'right', 'menu', 'filter', 'approval', 'undo', 'settings', 'fix', 'still', 'mode', 'terminal', 'help', 'next', 'previous']);
    expect(commandOf(press('F6', { shiftKey: true }), usual)).toBe('previous-region');
  });
  it('halts from anywhere, also where somebody types', () => {
    const target = document.createElement('input');
    expect(commandOf(press('h', { ctrlKey: true, altKey: true, target }), { ...usual, on: false })).toBe('halt');
    expect(commandOf(press('h', { ctrlKey: true }), usual)).toBeUndefined();
    expect(commandOf(press('h', { altKey: true }), usual)).toBeUndefined();
  });
  it('opens the palette from everywhere but a terminal, whose shell has that chord', () => {
    const target = document.createElement('input');
    expect(commandOf(press('k', { ctrlKey: true, target }), usual)).toBe('palette');
    expect(commandOf(press('K', { metaKey: true }), usual)).toBe('palette');
    expect(commandOf(press('k', { ctrlKey: true, shiftKey: true }), usual)).toBeUndefined();
    const terminal = Object.assign(document.createElement('div'), { className: 'xterm' });
    terminal.append(target);
    expect(commandOf(press('k', { ctrlKey: true, target }), usual)).toBeUndefined();
  });
  it('leaves letters alone where somebody types', () => {
    for (const name of ['input', 'textarea', 'select'] as const) {
      const target = document.createElement(name);
      expect(commandOf(press('a', { target }), usual)).toBeUndefined();
      expect(commandOf(press('F6', { target }), usual)).toBe('next-region');
    }
  });
  it('leaves the browser its own chords', () => {
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey'] as const) expect(commandOf(press('a', { [modifier]: true }), usual)).toBeUndefined();
  });
  it('heeds what somebody chose: other keys, or none', () => {
    const moved: KeyChoice = { on: true, keys: { ...singleKeys, fix: 'x' } };
    expect([commandOf(press('x'), moved), commandOf(press('f'), moved)]).toEqual(['fix', undefined]);
    const off: KeyChoice = { ...usual, on: false };
    expect([commandOf(press('x'), off), commandOf(press('1'), off), commandOf(press('F6'), off)]).toEqual([undefined, undefined, 'next-region']);
  });
});
