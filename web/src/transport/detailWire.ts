import * as z from 'zod/mini';
import { optional, shortWords, tame, tolerantList } from './wire';

/**
 * What is known of a resource beyond the lists: by aspect, each with its own age. Every text in here was
 * written by a node, by a guest or by a stranger inside of one.
 */
const line = shortWords(200);
const text = shortWords(2_000);
const list = <T extends z.ZodMiniType>(member: T) => z.catch(tolerantList(member), []);

export const task = z.object({
  id: z.string(),
  node: z.catch(line, ''),
  type: line,
  subject: z.catch(line, ''),
  user: z.catch(line, ''),
  startedAt: z.string(),
  endedAt: optional(z.string()),
  exitStatus: optional(shortWords(600)),
  succeeded: z.catch(z.boolean(), false),
});
export type Task = z.infer<typeof task>;

const values = {
  tasks: z.object({ tasks: list(task) }),
  system: z.object({
    version: optional(line),
    kernel: optional(line),
    cpuModel: optional(line),
    cpus: optional(z.number()),
    ioWait: optional(z.number()),
    load: z.catch(z.array(z.number()), []),
    memoryUsedBytes: optional(z.number()),
    memoryTotalBytes: optional(z.number()),
    memoryAvailableBytes: optional(z.number()),
    memoryArcBytes: optional(z.number()),
    swapUsedBytes: optional(z.number()),
    swapTotalBytes: optional(z.number()),
    rootUsedBytes: optional(z.number()),
    rootTotalBytes: optional(z.number()),
    uptimeSeconds: optional(z.number()),
  }),
  services: z.object({ services: list(z.object({ name: line, description: optional(line), state: optional(line), activeState: optional(line), unitState: optional(line) })) }),
  disks: z.object({
    disks: list(
      z.object({
        device: line,
        model: optional(line),
        type: optional(line),
        sizeBytes: optional(z.number()),
        usedFor: optional(line),
        health: optional(line),
        lifeLeft: optional(z.number()),
        temperature: optional(z.number()),
        attributes: list(z.object({ name: line, value: line, failing: z.boolean() })),
      }),
    ),
  }),
  zfs: z.object({
    pools: list(
      z.object({
        name: line,
        health: optional(line),
        state: optional(line),
        allocatedBytes: optional(z.number()),
        sizeBytes: optional(z.number()),
        fragmentation: optional(z.number()),
        scan: optional(text),
        scrubbedAt: optional(z.string()),
        errors: optional(z.number()),
      }),
    ),
  }),
  updates: z.object({ packages: list(z.object({ name: line, installed: optional(line), available: optional(line), origin: optional(line) })) }),
  temperatures: z.object({ readings: list(z.object({ source: line, label: line, kind: line, celsius: z.number(), high: optional(z.number()), critical: optional(z.number()) })) }),
  runtime: z.object({
    state: optional(line),
    memoryUsedBytes: optional(z.number()),
    memoryOnNodeBytes: optional(z.number()),
    swapUsedBytes: optional(z.number()),
    diskUsedBytes: optional(z.number()),
  }),
  configuration: z.object({
    notes: optional(text),
    startAtBoot: z.catch(z.boolean(), false),
    protectedByProxmox: z.catch(z.boolean(), false),
    agentEnabled: z.catch(z.boolean(), false),
    osType: optional(line),
    sockets: optional(z.number()),
    cores: optional(z.number()),
    memoryBytes: optional(z.number()),
    disks: list(z.object({ key: line, volume: text, storage: optional(line), sizeBytes: optional(z.number()), medium: z.catch(z.boolean(), false), mountedAt: optional(line) })),
    networks: list(z.object({ key: line, mac: optional(line), bridge: optional(line), vlan: optional(z.number()), address: optional(line) })),
    pending: list(line),
  }),
  agent: z.object({
    hostName: optional(line),
    operatingSystem: optional(line),
    kernel: optional(line),
    interfaces: list(z.object({ name: line, addresses: list(line) })),
    fileSystems: list(z.object({ mount: line, type: optional(line), usedBytes: optional(z.number()), totalBytes: optional(z.number()) })),
  }),
  snapshots: z.object({ snapshots: list(z.object({ name: line, at: optional(z.string()), description: optional(text), withMemory: z.catch(z.boolean(), false) })), parent: optional(line) }),
  content: z.object({
    volumes: list(
      z.object({
        id: shortWords(400),
        content: line,
        format: optional(line),
        sizeBytes: optional(z.number()),
        usedBytes: optional(z.number()),
        guest: optional(z.number()),
        createdAt: optional(z.string()),
        notes: optional(text),
        kept: z.catch(z.boolean(), false),
        verification: optional(line),
      }),
    ),
  }),
} as const;

export type AspectName = keyof typeof values;
export type AspectValue<N extends AspectName> = z.infer<(typeof values)[N]>;
export type Volume = AspectValue<'content'>['volumes'][number];

/** One side of a resource: what was read last and when, what that leaves out, and why it cannot be read any more. */
export interface Aspect<N extends AspectName = AspectName> {
  value: AspectValue<N> | undefined;
  /** On the server's clock, in ms. */
  observedAt: number | undefined;
  intervalSeconds: number | undefined;
  /** What the server said when it was asked. */
  stale: boolean;
  incomplete: string | undefined;
  failure: { code: string; reason: string } | undefined;
  /** It came in a form that this page does not know. */
  unreadable: boolean;
}

export type Details = { readonly [N in AspectName]?: Aspect<N> };

const aspect = z.object({
  value: z.optional(z.unknown()),
  observedAt: optional(z.string()),
  intervalSeconds: optional(z.number().check(z.positive())),
  stale: z.catch(z.boolean(), false),
  incomplete: optional(text),
  code: optional(z.string()),
  reason: optional(text),
});

function aspectOf<N extends AspectName>(name: N, told: unknown): Aspect<N> {
  const frame = aspect.safeParse(told);
  if (!frame.success) return { value: undefined, observedAt: undefined, intervalSeconds: undefined, stale: true, incomplete: undefined, failure: undefined, unreadable: true };
  const { value, observedAt, intervalSeconds, stale, incomplete, code, reason } = frame.data;
  const parsed = value === undefined || value === null ? undefined : values[name].safeParse(value);
  const at = observedAt ? Date.parse(observedAt) : Number.NaN;
  return {
    value: parsed?.success ? (parsed.data as AspectValue<N>) : undefined,
    observedAt: Number.isNaN(at) ? undefined : at,
    intervalSeconds: intervalSeconds ?? undefined,
    stale,
    incomplete: incomplete ?? undefined,
    failure: reason ? { code: code ?? '', reason } : undefined,
    unreadable: parsed?.success === false,
  };
}

const isAspect = (name: string): name is AspectName => Object.hasOwn(values, name);

/** The aspects that this page draws; of others it says nothing. */
export function detailsOf(told: Readonly<Record<string, unknown>>): Details {
  return Object.fromEntries(Object.entries(told).flatMap(([name, state]) => (isAspect(name) ? [[name, aspectOf(name, state)]] : [])));
}

/** How fast a storage fills, and when it is full if that goes on. */
export const growth = z.object({ state: z.enum(['known', 'too-little', 'asked']), bytesADay: optional(z.number()), fullInSeconds: optional(z.number()) });
export type Growth = z.infer<typeof growth>;

export const detailedResource = z.object({ ref: z.string(), details: z.pipe(z.catch(z.record(z.string(), z.unknown()), {}), z.transform(detailsOf)), growth: z.catch(optional(growth), undefined) });

/** The points of one figure, oldest first: when in ms, and how much. */
export type Points = readonly (readonly [at: number, value: number])[];

const point = z.tuple([z.number(), z.number()], z.unknown());
export const metrics = z.object({
  series: tolerantList(
    z.pipe(
      z.object({ figure: z.string(), points: tolerantList(point) }),
      z.transform(({ figure, points }) => ({ figure, points: points.map(([at, value]): readonly [number, number] => [at, value]) })),
    ),
  ),
});

/** What the cluster itself recorded, by its own names. */
export const course = z.object({ points: tolerantList(z.object({ at: z.string(), figures: z.record(z.string(), z.number()) })) });

/** Colours and cursor movements of a terminal mean nothing in a list of lines; what else is unprintable is made visible. */
// eslint-disable-next-line no-control-regex -- escape sequences begin with a control character
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])|\u009b[0-?]*[ -/]*[@-~]/g;
const LONGEST_LINE = 4_000;

export function inertLine(raw: string): string {
  // A progress bar writes over itself: what it wrote last is what stands there.
  const last = raw.replace(escapes, '').replace(/\r+$/, '').split('\r').at(-1) ?? '';
  const tamed = tame(last.replaceAll('\t', '    '));
  return tamed.length > LONGEST_LINE ? `${tamed.slice(0, LONGEST_LINE)}…` : tamed;
}

export const taskLog = z.object({ start: z.number(), lines: z.array(z.pipe(z.string(), z.transform(inertLine))) });
