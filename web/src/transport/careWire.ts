import * as z from 'zod/mini';
import { optional, shortWords, tolerantList } from './wire';

const member = z.object({
  address: shortWords(160),
  node: optional(shortWords(80)),
  configured: z.catch(z.boolean(), false),
  state: z.string(),
  lastAnswer: optional(z.string()),
  reason: optional(shortWords(600)),
  clockOffsetSeconds: optional(z.number()),
  pinned: z.catch(z.boolean(), false),
});
export type Member = z.infer<typeof member>;

/** A cluster as the settings show it: how the connector stands with it. */
export const clusterState = z.object({
  ref: z.string(),
  name: shortWords(120),
  status: z.string(),
  connection: optional(z.string()),
  reason: optional(shortWords(600)),
  version: optional(shortWords(60)),
  observedAt: optional(z.string()),
  votes: optional(z.number()),
  expectedVotes: optional(z.number()),
  members: optional(tolerantList(member)),
  traffic: optional(z.object({ hot: z.number(), slow: z.number(), demanded: z.number(), failed: z.number() })),
});
export type ClusterState = z.infer<typeof clusterState>;

/** What came of trying everything that Jarvis needs of a cluster. */
export const examination = z.object({
  passed: z.boolean(),
  checks: tolerantList(z.object({ name: shortWords(160), outcome: z.string(), detail: shortWords(600), cure: optional(shortWords(1_000)) })),
});
export type Examination = z.infer<typeof examination>;

const limit = z.object({ name: z.string(), title: shortWords(160), unit: shortWords(40), value: z.number(), least: z.number(), most: z.number() });
export type Limit = z.infer<typeof limit>;

/** What a detector can find; its times are in seconds. */
export const problemKind = z.object({
  id: z.string(),
  title: shortWords(160),
  explanation: shortWords(600),
  worst: z.string(),
  after: z.number(),
  clearAfter: z.number(),
  limits: tolerantList(limit),
  noRemedy: optional(shortWords(600)),
});
export type ProblemKind = z.infer<typeof problemKind>;
