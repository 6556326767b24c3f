import * as z from 'zod/mini';
import { shortWords } from './wire';

/** What Jarvis shows in the centre, the same on every page; what can be drawn of it, whoever draws it decides. */
const screen = z.object({ revision: z.number(), content: z.nullish(z.unknown()), by: shortWords(120), origin: shortWords(40), at: z.string() });
export type Screen = z.infer<typeof screen>;

export const screenReply = z.object({ screen: z.nullable(screen) });
/** What the channel of events tells of it, beside the events. */
export const screenFrame = z.object({ type: z.literal('screen'), screen });
