import * as z from 'zod/mini';
import { inertLine } from '../../transport/detailWire';
import { cut, tame } from '../../transport/wire';
import type { Unit } from '../charts/plot';

/**
 * What can be shown in the centre: data only, whoever made it. Every text is cut and made inert here, and
 * drawn as text by components of this page; there is no markup, no address to load and nothing to run.
 */
const MOST_ROWS = 500;
const MOST_COLUMNS = 20;
const MOST_LINES = 5_000;
const MOST_STEPS = 60;
const MOST_LINES_DRAWN = 6;
const short = z.pipe(z.string(), z.transform((text) => cut(tame(text), 160)));
const line = z.pipe(z.string(), z.transform((text) => cut(tame(text), 400)));
const cell = z.union([line, z.number(), z.boolean(), z.null()]);
const ref = z.string().check(z.maxLength(300), z.regex(/^[a-z]+:[^\s/]+$/));

/** The figures that are measured, with how each is written. */
export const figureUnits = { cpu: 'share', memory: 'bytes', disk: 'bytes', load: 'number', netIn: 'rate', netOut: 'rate', diskRead: 'rate', diskWritten: 'rate' } as const satisfies Record<string, Unit>;
export type Figure = keyof typeof figureUnits;
const figure = z.enum(Object.keys(figureUnits) as [Figure, ...Figure[]]);

export const presented = z.discriminatedUnion('show', [
  z.object({
    show: z.literal('chart'),
    title: short,
    /** Of one resource each; those of one unit share a drawing. */
    series: z.array(z.object({ ref, figure, label: z.optional(short) })).check(z.minLength(1), z.maxLength(MOST_LINES_DRAWN)),
    minutes: z.catch(z.int().check(z.minimum(5), z.maximum(1_440)), 60),
  }),
  z.object({
    show: z.literal('table'),
    title: short,
    columns: z.array(short).check(z.minLength(1), z.maxLength(MOST_COLUMNS)),
    rows: z.pipe(z.array(z.array(cell)), z.transform((rows) => ({ all: rows.length, shown: rows.slice(0, MOST_ROWS) }))),
  }),
  z.object({ show: z.literal('log'), title: short, lines: z.pipe(z.array(z.string()), z.transform((lines) => lines.slice(-MOST_LINES).map(inertLine))) }),
  z.object({ show: z.literal('resource'), title: short, ref, facts: z.catch(z.array(z.object({ label: short, value: cell })).check(z.maxLength(60)), []) }),
  /** What would be done, in its order; showing it does none of it. */
  z.object({ show: z.literal('plan'), title: short, steps: z.pipe(z.array(z.object({ title: short, detail: z.optional(line) })).check(z.minLength(1)), z.transform((steps) => steps.slice(0, MOST_STEPS))) }),
]);
export type Presented = z.infer<typeof presented>;
export type PresentedChart = Extract<Presented, { show: 'chart' }>;

/** Undefined where it is nothing that can be shown. */
export function readPresented(data: unknown): Presented | undefined {
  const read = presented.safeParse(data);
  return read.success ? read.data : undefined;
}

/** Series of one unit belong into one drawing, in the order in which they were asked for. */
export function drawings(series: PresentedChart['series']): readonly { unit: Unit; series: PresentedChart['series'] }[] {
  const byUnit = new Map<Unit, PresentedChart['series']>();
  for (const one of series) {
    const unit = figureUnits[one.figure];
    byUnit.set(unit, [...(byUnit.get(unit) ?? []), one]);
  }
  return [...byUnit].map(([unit, members]) => ({ unit, series: members }));
}
