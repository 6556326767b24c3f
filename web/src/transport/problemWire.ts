import * as z from 'zod/mini';
import { optional, planStep, shortWords, tolerantList } from './wire';

/** How bad a problem is, the mildest first. */
export const severities = ['info', 'warning', 'critical'] as const;
export type ProblemSeverity = (typeof severities)[number];

const remedy = z.object({
  id: z.string(),
  title: shortWords(120),
  explanation: shortWords(600),
  separable: z.catch(z.boolean(), false),
  tier: optional(z.string()),
  steps: z.catch(tolerantList(planStep), []),
});
export type Remedy = z.infer<typeof remedy>;

const attempt = z.object({ remedy: z.string(), action: z.string(), state: optional(z.string()), by: shortWords(120), at: z.string() });
export type Attempt = z.infer<typeof attempt>;

/**
 * A condition that Jarvis found, with its whole life. Not `problem`, which is how the server says that a request
 * failed. Its texts may come from a cluster.
 */
export const knownProblem = z.object({
  id: z.string(),
  kind: z.string(),
  title: shortWords(160),
  // A severity that this page does not know wants somebody to look, too.
  severity: z.catch(z.enum(severities), 'warning'),
  ref: optional(z.string()),
  name: shortWords(160),
  part: z.nullish(shortWords(160)),
  summary: shortWords(600),
  explanation: optional(shortWords(600)),
  evidence: z.catch(tolerantList(z.object({ label: shortWords(160), value: shortWords(600), at: optional(z.string()) })), []),
  since: z.string(),
  seenAt: optional(z.string()),
  resolvedAt: optional(z.string()),
  resolution: optional(shortWords(600)),
  returns: z.catch(z.number(), 0),
  acknowledged: optional(z.object({ by: shortWords(120), at: z.string() })),
  silence: optional(z.object({ by: shortWords(120), until: z.string() })),
  silenced: z.catch(z.boolean(), false),
  affected: z.catch(z.object({ total: z.number(), items: z.array(z.string()) }), { total: 0, items: [] }),
  remedies: z.catch(tolerantList(remedy), []),
  noRemedy: optional(shortWords(1_000)),
  notes: z.catch(tolerantList(z.object({ by: shortWords(120), at: z.string(), text: shortWords(2_000) })), []),
  attempts: z.catch(tolerantList(attempt), []),
});
export type KnownProblem = z.infer<typeof knownProblem>;

/** What an event of type `problem.…` carries. */
export const problemData = z.object({ problem: knownProblem });
/** A change answers with the problem, bare or under its name; other answers tell nothing. */
export const problemReply = z.union([z.pipe(problemData, z.transform(({ problem }) => problem)), knownProblem, z.pipe(z.unknown(), z.transform(() => undefined))]);
