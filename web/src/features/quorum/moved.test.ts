import { describe, expect, it } from 'vitest';
import { bitRatesOf } from '../../copy/format';
import type { Course } from '../../stores/seriesStore';
import { movedNow } from './moved';

const NOW = 1_000_000;
const course = (ago: number, netIn: number, netOut: number, more: Partial<Course> = {}): Course => ({ figures: { netIn: [[NOW - ago, netIn]], netOut: [[NOW - ago, netOut]] }, at: NOW, failure: undefined, ...more });

describe('movedNow', () => {
  it('adds up what is known of now', () => {
    expect(movedNow([course(5_000, 10, 1), course(60_000, 20, 2), undefined])).toEqual({ received: 30, sent: 3 });
  });
  it('knows nothing of what is old, failed or was never measured', () => {
    expect(movedNow([])).toBeUndefined();
    expect(movedNow([course(91_000, 10, 1)])).toBeUndefined();
    expect(movedNow([course(1_000, 10, 1, { failure: 'no answer' })])).toBeUndefined();
    expect(movedNow([course(1_000, 10, 1, { figures: {} })])).toBeUndefined();
  });
});

describe('bitRatesOf', () => {
  it('writes both in the unit of the larger', () => {
    expect(bitRatesOf(51_500_000, 125_000)).toEqual({ values: ['412', '1.0'], unit: 'Mb/s' });
    expect(bitRatesOf(0, 0)).toEqual({ values: ['0', '0'], unit: 'b/s' });
    expect(bitRatesOf(12_500_000, 0)).toEqual({ values: ['100', '0'], unit: 'Mb/s' });
  });
});
