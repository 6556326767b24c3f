import { recalled, remember } from '../stores/device';
import { WIDE } from './useWidth';

/** A column whose inner edge can be moved, and the custom property that carries its width. */
export interface Column {
  name: 'left' | 'right';
  property: '--left' | '--term';
  least: number;
  most: number;
  usual: Readonly<Record<Breakpoint, number>>;
}
export type Breakpoint = 'wide' | 'narrow';

export const columns: Readonly<Record<Column['name'], Column>> = {
  left: { name: 'left', property: '--left', least: 280, most: 640, usual: { wide: 404, narrow: 344 } },
  right: { name: 'right', property: '--term', least: 360, most: 1_200, usual: { wide: 452, narrow: 560 } },
};

export const breakpointOf = (windowWidth: number): Breakpoint => (windowWidth >= WIDE ? 'wide' : 'narrow');
const key = (column: Column, at: Breakpoint): string => `width.${column.name}.${at}`;

export function clamped(column: Column, width: number): number {
  return Math.min(column.most, Math.max(column.least, Math.round(width)));
}

/** As this device had it at this breakpoint; what cannot be one is none. */
export function widthOf(column: Column, at: Breakpoint): number {
  const kept = Number(recalled(key(column, at)) ?? Number.NaN);
  return Number.isFinite(kept) && clamped(column, kept) === kept ? kept : column.usual[at];
}

export function keepWidth(column: Column, at: Breakpoint, width: number): number {
  const kept = clamped(column, width);
  remember(key(column, at), String(kept));
  return kept;
}
