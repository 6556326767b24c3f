import { describe, expect, it } from 'vitest';
import { defineTerminalSheet } from './terminalSheet';

const adopted = () => document.adoptedStyleSheets.map((sheet) => [...sheet.cssRules].map((rule) => rule.cssText).join(' '));

describe('a sheet of the terminal', () => {
  it('counts for as long as its element is there, and puts no text into the page', () => {
    defineTerminalSheet();
    const element = document.createElement('terminal-sheet');
    expect(adopted()).toEqual([]);
    document.body.append(element);
    element.textContent = '.xterm { color: red; }';
    expect(adopted().join()).toContain('red');
    expect(element.childNodes).toHaveLength(0);
    element.textContent = '.xterm { color: blue; }';
    expect(adopted().join()).toContain('blue');
    expect(adopted().join()).not.toContain('red');
    element.remove();
    expect(adopted()).toEqual([]);
  });
});
