import * as z from 'zod/mini';
import { optional, shortWords } from './wire';

/** The work on one node: until its end neither the node nor what runs on it has new problems. */
export const maintenance = z.object({
  ref: z.string(),
  name: shortWords(120),
  by: shortWords(120),
  since: z.string(),
  until: z.string(),
  reason: optional(shortWords(500)),
});
export type Maintenance = z.infer<typeof maintenance>;
