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

/** What somebody set of one key; the file's counts first. */
const setting = z.object({ key: z.string(), value: shortWords(160), source: z.string(), by: optional(shortWords(120)), at: optional(z.string()), counts: z.boolean() });
export type KindSetting = z.infer<typeof setting>;

/** What a detector can find, what is usual for it, and what counts now; its times are in seconds. */
export const problemKind = z.object({
  id: z.string(),
  title: shortWords(160),
  explanation: shortWords(600),
  worst: z.string(),
  after: z.number(),
  clearAfter: z.number(),
  limits: tolerantList(limit),
  noRemedy: optional(shortWords(600)),
  now: z.object({ enabled: z.boolean(), after: z.number(), clearAfter: z.number(), limits: z.record(z.string(), z.number()) }),
  settings: tolerantList(setting),
});
export type ProblemKind = z.infer<typeof problemKind>;

/** The certificate that a member of a cluster shows at this moment, and what is thought of it. */
export const memberCertificate = z.object({
  address: z.string(),
  name: shortWords(160),
  node: optional(shortWords(80)),
  standing: z.string(),
  trusted: z.boolean(),
  inConfiguration: z.boolean(),
  line: optional(z.string()),
  reason: optional(shortWords(1_000)),
  expected: z.array(z.string()),
  shown: optional(z.object({ fingerprint: z.string(), subject: shortWords(240), issuer: shortWords(240), from: z.string(), until: z.string() })),
  consent: optional(z.object({ fingerprint: z.string(), by: shortWords(120), at: z.string() })),
});
export type MemberCertificate = z.infer<typeof memberCertificate>;
