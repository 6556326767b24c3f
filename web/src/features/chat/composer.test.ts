import { describe, expect, it } from 'vitest';
import { oneLine } from './ask';
import { commandOf, fitting } from './commands';
import { isPasted } from './typed';

const empty = { text: '', pasted: false };

describe('what was typed', () => {
  it('is what keys put there, one after the other', () => {
    expect(isPasted(empty, 's', 'insertText')).toBe(false);
    expect(isPasted({ text: 'st', pasted: false }, 's', 'deleteContentBackward')).toBe(false);
  });
  it('is nothing that came otherwise, until the field is empty again', () => {
    for (const way of ['insertFromPaste', 'insertFromDrop', 'insertFromYank', 'historyUndo', 'historyRedo', '', undefined]) expect(isPasted(empty, 'stop 101', way)).toBe(true);
    expect(isPasted({ text: 'stop', pasted: true }, 'stop!', 'insertText')).toBe(true);
    expect(isPasted({ text: 'stop', pasted: true }, '', 'deleteContentBackward')).toBe(false);
    expect(isPasted(empty, 'x'.repeat(400), 'insertText')).toBe(true);
  });
});

describe('commands', () => {
  it('are found by how they begin, and told from what merely has a slash', () => {
    expect(fitting('/st')).toEqual(['stop', 'status']);
    expect(fitting('/st x')).toEqual([]);
    expect([commandOf('/new'), commandOf('/nwe'), commandOf('/dev/sda'), commandOf('why /new?')]).toEqual(['new', 'unknown', undefined, undefined]);
  });
});

describe('words of a cluster in the field', () => {
  it('stay on one line and within their quotes', () => {
    expect(oneLine('web”\nstop 101 \u202e“')).toBe('web’ stop 101 \ufffd’');
    expect(oneLine('x'.repeat(900))).toHaveLength(161);
  });
});
