import * as z from 'zod/mini';
import { severities } from './problemWire';
import { consent, kinds, optional, shortWords, tolerantList } from './wire';

/** The server bounds all of this, too; a page that is older or newer than it draws no more than it can. */
const MOST = { panels: 100, stats: 12, columns: 8, rows: 200, series: 6, points: 500, lines: 300, offers: 20 };
const upTo = <T extends z.ZodMiniType>(most: number, member: T) => z.pipe(tolerantList(member), z.transform((list) => list.slice(0, most)));

/** A panel that an extension brings: where it stands and how often it may be asked. */
export const panelInfo = z.object({
  id: z.string().check(z.maxLength(64)),
  title: shortWords(80),
  description: shortWords(320),
  subject: z.nullable(z.enum(kinds)),
  interval: z.number().check(z.positive()),
  provider: shortWords(120),
});
export type PanelInfo = z.infer<typeof panelInfo>;

// What this page cannot read it does not know.
const value = z.catch(
  z.union([
    z.object({ text: shortWords(140) }),
    z.object({ number: z.number() }),
    z.object({ ref: z.string().check(z.maxLength(512)), name: shortWords(140) }),
    z.object({ at: z.string() }),
    z.null(),
  ]),
  null,
);
export type PanelValue = z.infer<typeof value>;

const stat = z.object({
  label: shortWords(80),
  value,
  unit: shortWords(16),
  severity: z.catch(z.nullable(z.enum(severities)), null),
  trend: z.catch(z.nullable(z.enum(['rising', 'steady', 'falling'])), null),
});
export type PanelStat = z.infer<typeof stat>;

const column = z.object({ title: shortWords(80), type: z.string(), unit: shortWords(16) });
export type PanelColumn = z.infer<typeof column>;

const series = z.object({
  name: shortWords(80),
  unit: shortWords(16),
  points: upTo(MOST.points, z.object({ at: z.pipe(z.string(), z.transform((at) => Date.parse(at))), value: z.nullable(z.number()) })),
});
export type PanelSeries = z.infer<typeof series>;

const logLine = z.object({ at: z.string(), level: z.catch(z.enum(['debug', 'info', 'warning', 'error']), 'info'), text: shortWords(500) });
export type PanelLine = z.infer<typeof logLine>;

/** What an extension would have done, in its own words; over the socket it is not decided yet. */
const panelOffer = z.object({
  label: shortWords(80),
  tool: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  title: optional(shortWords(120)),
  description: optional(shortWords(600)),
  schema: optional(z.record(z.string(), z.unknown())),
  tier: optional(z.string()),
  effect: optional(z.string()),
  consent: optional(consent),
  available: optional(z.boolean()),
  reason: optional(shortWords(600)),
  undo: optional(z.string()),
});
export type PanelOffer = z.infer<typeof panelOffer>;

export const panelContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stats'), stats: upTo(MOST.stats, stat) }),
  z.object({
    kind: z.literal('table'),
    columns: z.array(column).check(z.maxLength(MOST.columns)),
    rows: z.pipe(z.array(z.array(value).check(z.maxLength(MOST.columns))), z.transform((rows) => rows.slice(0, MOST.rows))),
    more: z.catch(z.number(), 0),
  }),
  z.object({ kind: z.literal('series'), series: upTo(MOST.series, series) }),
  z.object({ kind: z.literal('log'), lines: upTo(MOST.lines, logLine) }),
  z.object({ kind: z.literal('actions'), offers: upTo(MOST.offers, panelOffer) }),
]);
export type PanelContent = z.infer<typeof panelContent> | { kind: 'unknown' };

export const panelReading = z.object({
  id: z.string(),
  ref: z.nullable(z.string()),
  at: z.nullable(z.string()),
  interval: z.number().check(z.positive()),
  stale: z.boolean(),
  failure: optional(shortWords(300)),
  /** Absent where it is what it was. */
  content: z.optional(
    z.pipe(
      z.unknown(),
      z.transform((told): PanelContent | null | undefined => {
        if (told === null || told === undefined) return told;
        const parsed = panelContent.safeParse(told);
        return parsed.success ? parsed.data : { kind: 'unknown' };
      }),
    ),
  ),
});
export type PanelReading = z.infer<typeof panelReading>;

/** What the channel of events tells of panels, beside the events. */
export const panelFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('panels'), panels: upTo(MOST.panels, panelInfo) }),
  z.object({ type: z.literal('panel'), panel: panelReading }),
]);
