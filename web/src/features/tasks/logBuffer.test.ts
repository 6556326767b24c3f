import { describe, expect, it } from 'vitest';
import { appended, hasEnded, matching, MOST_LINES, nextLine, NO_LINES, split } from './logBuffer';

describe('appended', () => {
  it('takes what follows, and once what comes twice', () => {
    const some = appended(NO_LINES, 0, ['a', 'b']);
    expect(appended(some, 1, ['b', 'c']).lines).toEqual(['a', 'b', 'c']);
    expect(appended(some, 0, ['a', 'b'])).toBe(some);
  });
  it('leaves no hole', () => {
    const some = appended(NO_LINES, 0, ['a']);
    expect(appended(some, 5, ['f'])).toBe(some);
  });
  it('keeps the end and knows where it begins', () => {
    const many = appended(NO_LINES, 0, Array.from({ length: MOST_LINES + 3 }, (_, at) => String(at)));
    expect([many.first, many.lines.length, many.lines[0], nextLine(many)]).toEqual([3, MOST_LINES, '3', MOST_LINES + 3]);
  });
});

describe('reading a log', () => {
  it('ends with how the task went', () => {
    expect(['TASK OK', 'TASK ERROR: no space', 'TASK WARNINGS: 2', 'INFO: TASK OK', ''].map((line) => hasEnded({ first: 0, lines: [line] }))).toEqual([true, true, true, false, false]);
  });
  it('finds lines whatever their case, and by nothing none', () => {
    const log = { first: 0, lines: ['INFO: start', 'error here', 'ERROR there'] };
    expect(matching(log, ' Error ')).toEqual([1, 2]);
    expect(matching(log, '  ')).toEqual([]);
  });
  it('splits a line at its matches', () => {
    expect(split('an Error, error', 'error')).toEqual(['an ', 'Error', ', ', 'error', '']);
    expect(split('İstanbul error', 'error')).toEqual(['İstanbul error']);
    expect(split('abc', '')).toEqual(['abc']);
  });
});
