import * as z from 'zod/mini';
import { cut, listOf, optional, shortWords, tame } from './wire';

/** Kept in memory of one conversation; the server has the rest. */
export const MOST_MESSAGES = 500;
/** An answer that is longer is cut: nobody reads it, and the page has to draw it. */
export const MOST_WORDS = 200_000;
const MOST_PARTS = 200;

/** What a person or a model says: more lines than a name has, and as hostile. */
const said = z.pipe(z.string(), z.transform((text) => cut(tame(text.replaceAll('\r\n', '\n')), MOST_WORDS)));
const time = z.pipe(z.nullish(z.string()), z.transform((at) => (at === null || at === undefined ? undefined : Date.parse(at) || undefined)));
const record = z.record(z.string(), z.unknown());

const toolPart = z.object({
  kind: z.literal('tool'),
  callId: shortWords(200),
  tool: shortWords(80),
  title: shortWords(200),
  arguments: z.catch(record, {}),
  action: optional(z.string()),
  state: optional(z.string()),
  tier: optional(shortWords(10)),
  approval: optional(z.string()),
  summary: z.catch(shortWords(2_000), ''),
  data: z.catch(optional(record), undefined),
  startedAt: time,
  endedAt: time,
});
export type ToolPart = z.infer<typeof toolPart>;

const part = z.discriminatedUnion('kind', [z.object({ kind: z.literal('words'), text: said }), z.object({ kind: z.literal('notice'), text: said }), toolPart]);
export type Part = z.infer<typeof part>;

const answerer = z.object({
  provider: shortWords(60),
  title: shortWords(80),
  model: shortWords(120),
  leavesTheHouse: z.boolean(),
  inputTokens: optional(z.number()),
  cachedTokens: optional(z.number()),
  outputTokens: optional(z.number()),
  cost: z.catch(optional(z.union([z.number(), z.pipe(z.string(), z.transform(Number))])), undefined),
  currency: optional(shortWords(8)),
});
export type Answerer = z.infer<typeof answerer>;

export const chatMessage = z.object({
  id: z.string(),
  role: z.enum(['user', 'assistant']),
  at: time,
  text: z.catch(said, ''),
  whole: z.boolean(),
  // What cannot be read keeps its place: the words that follow are told by number.
  parts: z.pipe(
    z.array(z.unknown()),
    z.transform((parts): Part[] => parts.slice(0, MOST_PARTS).map((one) => {
      const read = part.safeParse(one);
      return read.success ? read.data : { kind: 'words', text: '' };
    })),
  ),
  answerer: z.catch(optional(answerer), undefined),
});
export type ChatMessage = z.infer<typeof chatMessage>;

const states = ['IDLE', 'RUNNING', 'AWAITING_APPROVAL'] as const;
export type ChatState = (typeof states)[number];
const state = z.enum(states);

export const conversation = z.object({
  id: z.string(),
  title: z.catch(shortWords(200), ''),
  state,
  /** The latest ones; how many there are in all stands beside them. */
  messages: z.pipe(
    z.array(z.unknown()),
    z.transform((all) => ({ all: all.length, latest: all.slice(-MOST_MESSAGES).flatMap((one) => {
      const read = chatMessage.safeParse(one);
      return read.success ? [read.data] : [];
    }) })),
  ),
});
export type Conversation = z.infer<typeof conversation>;

const summary = z.object({ id: z.string(), title: z.catch(shortWords(200), ''), createdAt: time, changedAt: time, state: z.catch(state, 'IDLE'), messages: z.catch(z.number(), 0) });
export type ConversationSummary = z.infer<typeof summary>;
export const conversations = listOf(summary);
export const begun = z.object({ id: z.string() });
export const sent = z.object({ state });
export const stopped = z.object({ state });

const provider = z.object({ id: z.string(), title: shortWords(80), model: z.catch(shortWords(120), ''), destination: z.catch(shortWords(160), ''), leavesTheHouse: z.boolean(), free: z.catch(z.boolean(), false) });
export type Provider = z.infer<typeof provider>;
export const providers = listOf(provider);
/** The one that answers without a model. */
export const BUILT_IN = 'built-in';

export const chatFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('conversation'), conversation }),
  z.object({ type: z.literal('words'), conversation: z.string(), message: z.string(), part: z.int().check(z.minimum(0), z.maximum(MOST_PARTS - 1)), text: z.pipe(z.string(), z.transform(tame)) }),
  z.object({ type: z.literal('message'), conversation: z.string(), state, message: chatMessage }),
  z.object({ type: z.literal('state'), conversation: z.string(), state, title: z.catch(shortWords(200), '') }),
  z.object({ type: z.literal('gone'), conversation: z.string() }),
  z.object({ type: z.literal('unavailable'), reason: shortWords(400) }),
  z.object({ type: z.literal('heartbeat') }),
  z.object({ type: z.literal('closing'), reason: optional(shortWords(400)) }),
]);
export type ChatFrame = z.infer<typeof chatFrame>;
