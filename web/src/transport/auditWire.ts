import * as z from 'zod/mini';
import { optional, shortWords } from './wire';

/** One record of the hash-chained log. */
export const auditRecord = z.object({
  seq: z.number(),
  at: z.string(),
  actor: shortWords(200),
  origin: optional(shortWords(200)),
  activity: shortWords(120),
  subject: optional(shortWords(300)),
  detail: z.optional(z.unknown()),
  hash: z.string(),
});
export type AuditRecord = z.infer<typeof auditRecord>;

export const verification = z.object({
  valid: z.boolean(),
  records: z.number(),
  firstBad: optional(z.number()),
  head: z.string(),
});
export type Verification = z.infer<typeof verification>;
