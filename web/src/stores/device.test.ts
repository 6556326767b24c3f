import { afterEach, describe, expect, it, vi } from 'vitest';
import { recalled, recalledOneOf, remember } from './device';

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

describe('what a device remembers', () => {
  it('is there on the next visit', () => {
    remember('mode', 'minimal');
    expect(recalledOneOf('mode', ['jarvis', 'minimal'], 'jarvis')).toBe('minimal');
  });
  it('is nothing where something else was kept there', () => {
    remember('mode', 'garish');
    expect(recalledOneOf('mode', ['jarvis', 'minimal'], 'jarvis')).toBe('jarvis');
  });
  it('is nothing where the browser keeps nothing, and that stops nobody', () => {
    const refuse = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse });
    expect(() => remember('mode', 'ops')).not.toThrow();
    expect(recalled('mode')).toBeUndefined();
  });
});
