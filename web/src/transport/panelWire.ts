import * as z from 'zod';
import { severities } from './problemWire';
import { consent, kinds, optional, shortWords, tolerantList } from './wire';

/** The server bounds all of this, too; a page that is older or newer than it draws no more than it can. */
const MOST = { panels: 100, stats: 12, columns: 8, rows: 200, series: 6, points: 500, lines: 300, offers: 20 };
const upTo = <T extends z.ZodType>(most: number, member: T) => tolerantList(member).transform((list) => list.slice(0, most));

/** A panel that an extension brings: where it stands and how often it may be asked. */
export const panelInfo = z.object({
  id: z.string().max(64),
  title: shortWords(80),
  description: shortWords(320),
  subject: z.enum(kinds).nullable(),
  interval: z.number().positive(),
  provider: shortWords(120),
});
export type PanelInfo = z.infer<typeof panelInfo>;

const value = z
  .union([
    z.object({ text: shortWords(140) }),
    z.object({ number: z.number() }),
    z.object({ ref: z.string().max(512), name: shortWords(140) }),
    z.object({ at: z.string() }),
    z.null(),
  ])
  // What this page cannot read it does not know.
  .catch(null);
export type PanelValue = z.infer<typeof value>;

const stat = z.object({
  label: shortWords(80),
  value,
  unit: shortWords(16),
  severity: z.enum(severities).nullable().catch(null),
  trend: z.enum(['rising', 'steady', 'falling']).nullable().catch(null),
});
export type PanelStat = z.infer<typeof stat>;

const column = z.object({ title: shortWords(80), type: z.string(), unit: shortWords(16) });
export type PanelColumn = z.infer<typeof column>;

const series = z.object({
  name: shortWords(80),
  unit: shortWords(16),
  points: upTo(MOST.points, z.object({ at: z.string().transform((at) => Date.parse(at)), value: z.number().nullable() })),
});
export type PanelSeries = z.infer<typeof series>;

const logLine = z.object({ at: z.string(), level: z.enum(['debug', 'info', 'warning', 'error']).catch('info'), text: shortWords(500) });
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
    columns: z.array(column).max(MOST.columns),
    rows: z.array(z.array(value).max(MOST.columns)).transform((rows) => rows.slice(0, MOST.rows)),
    more: z.number().catch(0),
  }),
  z.object({ kind: z.literal('series'), series: upTo(MOST.series, series) }),
  z.object({ kind: z.literal('log'), lines: upTo(MOST.lines, logLine) }),
  z.object({ kind: z.literal('actions'), offers: upTo(MOST.offers, panelOffer) }),
]);
export type PanelContent = z.infer<typeof panelContent> | { kind: 'unknown' };

export const panelReading = z.object({
  id: z.string(),
  ref: z.string().nullable(),
  at: z.string().nullable(),
  interval: z.number().positive(),
  stale: z.boolean(),
  failure: optional(shortWords(300)),
  /** Absent where it is what it was. */
  content: z
    .unknown()
    .transform((told): PanelContent | null | undefined => {
      if (told === null || told === undefined) return told;
      const parsed = panelContent.safeParse(told);
      return parsed.success ? parsed.data : { kind: 'unknown' };
    })
    .optional(),
});
export type PanelReading = z.infer<typeof panelReading>;

/** What the channel of events tells of panels, beside the events. */
export const panelFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('panels'), panels: upTo(MOST.panels, panelInfo) }),
  z.object({ type: z.literal('panel'), panel: panelReading }),
]);
