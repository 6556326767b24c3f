import { describe, expect, it } from 'vitest';
import { pasteOf } from './paste';

describe('a paste', () => {
  it('is dangerous where several lines would run at once', () => {
    expect(pasteOf('ls\nrm -rf /\n', false)).toEqual({ text: 'ls\nrm -rf /\n', lines: 3, dangerous: true });
    expect(pasteOf('ls\n', false).dangerous).toBe(true);
    expect(pasteOf('ls\rreboot', false).dangerous).toBe(true);
    expect(pasteOf('ls', false).dangerous).toBe(false);
    expect(pasteOf('ls\nreboot', true).dangerous).toBe(false);
  });

  it('cannot end its own bracket or press keys', () => {
    expect(pasteOf('a\u001b[201~\u0003\u0090b\tc', true).text).toBe('a[201~b\tc');
  });
});
