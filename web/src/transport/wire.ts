import * as z from 'zod/mini';

// The page is served without 'unsafe-eval': schemas may not compile themselves to code.
z.config({ jitless: true });

/**
 * Everything the server says about a cluster was said by somebody else before: names, reasons and log
 * lines are hostile. They are only ever drawn as text nodes; here, control characters, the bidi overrides
 * and the invisible characters that could make one name look like another lose their effect.
 */
// eslint-disable-next-line no-control-regex -- these are the very characters to be replaced
const deceptive = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
export function tame(text: string): string {
  return text.replace(deceptive, '\ufffd');
}
const words = z.pipe(z.string(), z.transform(tame));

/** Cut where it would fill the screen, with a mark that something is missing. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  // Half of a surrogate pair would be drawn as something else.
  const kept = text.slice(0, most);
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}
export const shortWords = (most: number) => z.pipe(words, z.transform((text) => cut(text, most)));

export const optional = <T extends z.ZodMiniType>(schema: T) => z.nullish(schema);

/** Fields of a resource besides those that identify it; absent means not known. */
const resourceFields = {
  name: words,
  status: z.string(),
  stale: z.boolean(),
  intervalSeconds: optional(z.number().check(z.positive())),
  observedAt: optional(z.string()),
  source: optional(z.string()),
  reason: optional(words),
  version: optional(words),
  quorate: optional(z.boolean()),
  votes: optional(z.number()),
  expectedVotes: optional(z.number()),
  nodesOnline: optional(z.number()),
  nodesTotal: optional(z.number()),
  connection: optional(z.string()),
  outside: optional(z.boolean()),
  warnings: optional(z.array(words)),
  cpu: optional(z.number()),
  cpus: optional(z.number()),
  load1: optional(z.number()),
  memoryUsedBytes: optional(z.number()),
  memoryTotalBytes: optional(z.number()),
  memoryArcBytes: optional(z.number()),
  diskUsedBytes: optional(z.number()),
  diskTotalBytes: optional(z.number()),
  uptimeSeconds: optional(z.number()),
  temperatureCelsius: optional(z.number()),
  temperatureStale: optional(z.boolean()),
  temperatureReason: optional(words),
  type: optional(z.string()),
  vmid: optional(z.number()),
  node: optional(words),
  tags: optional(z.array(words)),
  protected: optional(z.boolean()),
  lock: optional(words),
  template: optional(z.boolean()),
  pool: optional(words),
  haState: optional(words),
  action: optional(z.string()),
  storageType: optional(words),
  shared: optional(z.boolean()),
  content: optional(z.array(words)),
  usedBytes: optional(z.number()),
  totalBytes: optional(z.number()),
  active: optional(z.boolean()),
};

export const kinds = ['cluster', 'node', 'guest', 'storage'] as const;
export type Kind = (typeof kinds)[number];

const resourceShape = z.object({ ref: z.string(), kind: z.enum(kinds), ...resourceFields });
const patchShape = z.extend(z.partial(resourceShape), { ref: z.string(), unset: optional(z.array(z.string())) });

type Known<T> = { [K in keyof T]: Exclude<T[K], null> };
export type Resource = Known<z.infer<typeof resourceShape>>;
export type Patch = Known<z.infer<typeof patchShape>>;

/** Without the keys whose value is null or undefined: absent is the one way to be unknown. */
function known<T extends object>(value: T): Known<T> {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== null && v !== undefined)) as Known<T>;
}

/** A list whose unreadable members are left out, so that one odd guest does not blind the page. */
export const tolerantList = <T extends z.ZodMiniType>(member: T) =>
  z.pipe(
    z.array(z.unknown()),
    z.transform((list) =>
      list.flatMap((entry) => {
        const parsed = member.safeParse(entry);
        return parsed.success ? [parsed.data] : [];
      }),
    ),
  );

export const resource = z.pipe(resourceShape, z.transform(known));
/** A null in a patch unsets the field, like its name in `unset`. */
export const patch = z.pipe(
  patchShape,
  z.transform((value): Patch => {
    const nulls = Object.entries(value).flatMap(([key, v]) => (v === null && key !== 'unset' ? [key] : []));
    return { ...known(value), unset: [...(value.unset ?? []), ...nulls] };
  }),
);

const observed = optional(z.record(z.string(), z.string()));
const stamped = { seq: z.number(), at: z.string() };

export const clusterFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('heartbeat'), ...stamped, observed }),
  z.object({
    type: z.literal('snapshot'),
    ...stamped,
    clusters: tolerantList(resource),
    resources: tolerantList(resource),
    observed,
  }),
  z.object({
    type: z.literal('delta'),
    ...stamped,
    changed: z.optional(tolerantList(patch)),
    added: z.optional(tolerantList(resource)),
    removed: z.optional(z.array(z.string())),
    clusters: z.optional(tolerantList(patch)),
    observed,
  }),
  z.object({ type: z.literal('closing'), reason: optional(words) }),
]);
export type ClusterFrame = z.infer<typeof clusterFrame>;

const approvalState = z.enum(['PENDING', 'APPROVED', 'REJECTED', 'EXPIRED', 'LAPSED', 'CONSUMED']);
export const consent = z.catch(z.enum(['none', 'click', 'hold', 'typed']), 'typed');

const actionApproval = z.object({
  id: z.string(),
  state: approvalState,
  expiresAt: optional(z.string()),
  consent: optional(consent),
  fingerprint: optional(z.string()),
  typedName: optional(z.string()),
  decidedBy: optional(words),
  decidedAt: optional(z.string()),
});

/** One tool call of a plan. `undo` is null where there is none, and absent where nobody said. */
export const planStep = z.object({
  tool: z.string(),
  title: words,
  arguments: optional(z.record(z.string(), z.unknown())),
  tier: optional(z.string()),
  summary: optional(words),
  state: optional(z.string()),
  undo: optional(words),
  effect: optional(z.string()),
  atMost: optional(z.number()),
});
export type PlanStep = z.infer<typeof planStep>;

export const action = z.object({
  id: z.nullish(z.string()),
  preview: optional(z.boolean()),
  tool: z.string(),
  title: optional(words),
  arguments: optional(z.record(z.string(), z.unknown())),
  targets: optional(z.array(z.string())),
  targetNames: optional(z.array(words)),
  state: z.string(),
  tier: optional(z.string()),
  consent: optional(consent),
  reasons: optional(z.array(words)),
  decisions: optional(z.array(z.object({ policy: words, verdict: z.string(), reason: optional(words) }))),
  principal: optional(z.object({ name: words, kind: z.string() })),
  origin: optional(z.string()),
  requestedAt: optional(z.string()),
  startedAt: optional(z.string()),
  endedAt: optional(z.string()),
  phase: optional(words),
  task: optional(z.string()),
  log: optional(z.array(words)),
  result: z.optional(z.unknown()),
  error: optional(z.object({ code: z.string(), message: words })),
  impact: optional(
    z.object({
      summary: words,
      effects: optional(z.array(words)),
      undoable: optional(z.boolean()),
      undo: optional(words),
    }),
  ),
  fingerprint: optional(z.string()),
  approval: optional(actionApproval),
  undo: optional(z.object({ available: z.boolean(), tool: optional(z.string()), reason: optional(words) })),
  steps: z.catch(optional(z.array(planStep)), undefined),
});
export type Action = z.infer<typeof action>;

export const approval = z.object({ id: z.string(), state: approvalState, expiresAt: optional(z.string()), action });
export type Approval = z.infer<typeof approval>;

export const event = z.object({
  seq: z.number(),
  at: z.string(),
  type: z.string(),
  subject: optional(z.string()),
  summary: words,
  data: z.optional(z.unknown()),
});
export type StreamEvent = z.infer<typeof event>;

export const eventFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('heartbeat'), ...stamped }),
  z.object({ type: z.literal('event'), seq: z.number(), event }),
  z.object({ type: z.literal('closing'), reason: optional(words) }),
]);
export type EventFrame = z.infer<typeof eventFrame>;

/** One operation that the catalogue offers on a resource, ready to be sent or to be completed by a form. */
export const offer = z.object({
  tool: z.string(),
  title: words,
  description: optional(words),
  arguments: optional(z.record(z.string(), z.unknown())),
  schema: optional(z.record(z.string(), z.unknown())),
  tier: z.string(),
  effect: z.string(),
  consent,
  available: z.boolean(),
  reason: optional(words),
  undo: optional(z.string()),
});
export type Offer = z.infer<typeof offer>;

export const listOf = <T extends z.ZodMiniType>(member: T) =>
  z.object({ items: tolerantList(member), total: z.optional(z.number()), next: z.nullish(z.string()) });

export const actionReply = z.object({ action });
export const me = z.object({ username: words, kind: z.string(), csrfToken: optional(z.string()) });
export const loginReply = z.object({ csrfToken: z.string() });
export const nothing = z.optional(z.unknown());

export const health = z.object({
  status: z.string(),
  version: optional(words),
  setupRequired: z.catch(z.boolean(), false),
  components: z.catch(z.optional(z.array(z.object({ name: shortWords(80), status: z.string(), detail: optional(shortWords(600)) }))), undefined),
});
export type Health = z.infer<typeof health>;
export type HealthComponent = NonNullable<Health['components']>[number];

/** An API token as it is listed: never the token itself. */
export const apiToken = z.object({
  id: z.string(),
  name: shortWords(120),
  kind: z.catch(z.enum(['named', 'login']), 'named'),
  scopes: z.array(shortWords(40)),
  audience: z.catch(z.enum(['api', 'mcp']), 'api'),
  createdAt: z.string(),
  expiresAt: optional(z.string()),
  lastUsedAt: optional(z.string()),
});
export type ApiToken = z.infer<typeof apiToken>;
export const madeToken = z.extend(apiToken, { token: z.string() });
export type MadeToken = z.infer<typeof madeToken>;

export const openSession = z.object({ id: z.string(), address: shortWords(60), createdAt: z.string(), lastUsedAt: optional(z.string()), expiresAt: z.string(), current: z.boolean() });
export type OpenSession = z.infer<typeof openSession>;

const extensionStates = ['awaiting-consent', 'running', 'rejected', 'failed', 'unacceptable'] as const;
export type ExtensionState = (typeof extensionStates)[number];

/** A jar that somebody dropped in. Everything in it was written by whoever made the jar. */
export const extension = z.object({
  id: z.string(),
  file: shortWords(160),
  symbolicName: shortWords(160),
  version: shortWords(60),
  name: shortWords(120),
  description: optional(shortWords(600)),
  size: z.number(),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  signer: optional(z.object({ subject: shortWords(240), fingerprint: shortWords(100) })),
  asks: z.array(shortWords(400)),
  replaces: optional(z.string()),
  state: z.enum(extensionStates),
  reason: optional(shortWords(600)),
  decidedBy: optional(shortWords(80)),
  decidedAt: optional(z.string()),
});
export type Extension = z.infer<typeof extension>;

const hostStatuses = ['idle', 'connected', 'key-unknown', 'key-changed', 'login-refused', 'unreachable', 'misconfigured'] as const;
export type HostStatus = (typeof hostStatuses)[number];

/** A machine that is reached over SSH; its fingerprint is what it offers, whoever answers there. */
export const host = z.object({
  id: shortWords(120),
  cluster: z.string(),
  name: z.string(),
  place: z.string(),
  address: shortWords(120),
  port: z.number(),
  user: shortWords(60),
  sudo: z.boolean(),
  status: z.enum(hostStatuses),
  reason: optional(shortWords(600)),
  fingerprint: optional(z.string().check(z.maxLength(200))),
  since: z.string(),
});
export type Host = z.infer<typeof host>;

/** What a terminal printed, kept as a file. */
export const recording = z.object({ id: z.string(), title: shortWords(120), person: shortWords(120), startedAt: z.string(), size: z.number(), open: z.boolean() });

export const problem = z.object({
  title: optional(words),
  status: optional(z.number()),
  code: optional(z.string()),
  detail: optional(words),
  errors: optional(z.array(z.object({ field: z.string(), message: words }))),
  action: optional(action),
});
export type Problem = z.infer<typeof problem>;

/** The kill switch, and how far Jarvis may go without being asked. */
export const guardrails = z.object({ halted: z.boolean(), autonomy: shortWords(20) });
export type Guardrails = z.infer<typeof guardrails>;

/** One reason why no action may harm something. */
export const protection = z.object({
  ref: optional(z.string()),
  source: z.enum(['configuration', 'service', 'tag', 'home']),
  name: shortWords(120),
  reason: shortWords(600),
  releasable: z.boolean(),
  obstacle: optional(shortWords(600)),
});
export type Protection = z.infer<typeof protection>;

/** What people call a guest or node beside its name; it stands for nothing once that is gone or called otherwise. */
export const alias = z.object({ alias: shortWords(40), ref: shortWords(200), name: shortWords(255), stands: z.boolean() });
export type Alias = z.infer<typeof alias>;

/** Where Jarvis itself runs relative to a cluster, and who says so. */
export const whereabouts = z.object({
  cluster: shortWords(40),
  place: z.enum(['unknown', 'outside', 'guest']),
  guest: optional(z.number()),
  source: z.enum(['configuration', 'person', 'discovery', 'nobody']),
  reason: shortWords(600),
});
export type Whereabouts = z.infer<typeof whereabouts>;
