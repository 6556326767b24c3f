import { describe, expect, it } from 'vitest';
import { fillsUp } from './StorageDetail';

const GIB = 1024 ** 3, DAY = 86_400;

describe('fillsUp', () => {
  it.each([
    [{ state: 'known', bytesADay: 12 * GIB, fullInSeconds: 9 * DAY } as const, '9 d, at 12.0 GB a day'],
    [{ state: 'known', bytesADay: 0 } as const, 'does not fill up'],
    [{ state: 'known', bytesADay: -3 * GIB } as const, 'shrinks by 3.0 GB a day'],
    [{ state: 'too-little' } as const, 'not enough history'],
    [{ state: 'asked' } as const, 'being reckoned'],
  ])('says of %o: %s', (growth, text) => {
    expect(fillsUp(growth)).toBe(text);
  });
});
