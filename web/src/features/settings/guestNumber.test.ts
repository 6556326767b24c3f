import { describe, expect, it } from 'vitest';
import { guestNumber } from './guestNumber';

describe('guestNumber', () => {
  it('takes the numbers that Proxmox hands out', () => {
    expect(guestNumber(' 101 ')).toBe(101);
    expect(guestNumber('100')).toBe(100);
    expect(guestNumber('999999999')).toBe(999999999);
  });
  it('takes nothing else', () => {
    for (const text of ['', ' ', '99', '0101', '1e3', '101.0', 'media', '1000000000', '-101']) expect(guestNumber(text), text).toBeUndefined();
  });
});
