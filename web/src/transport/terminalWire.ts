import * as z from 'zod/mini';
import { action, tame } from './wire';

const words = z.pipe(z.string(), z.transform(tame));
const seq = z.number();

/** A terminal as the server tells of it. */
export const openTerminal = z.object({
  id: z.string(),
  action: z.string(),
  host: words,
  ref: z.string(),
  title: words,
  recording: z.nullish(z.string()),
  hint: z.nullish(words),
});
export type OpenTerminal = z.infer<typeof openTerminal>;

export const terms = z.object({ password: z.boolean(), recorded: z.boolean(), idleMinutes: z.number() });
export type Terms = z.infer<typeof terms>;

export const terminalList = z.object({ items: z.array(openTerminal), terms });

/** Where it could not be opened there is only the action, which says why. */
export const openedTerminal = z.object({ action, terminal: z.nullish(z.extend(openTerminal, { secret: z.string() })) });

/** What is printed is for the terminal's screen alone, so it is left as it is. */
export const terminalFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('opened'), seq, secret: z.string() }),
  z.object({ type: z.literal('output'), seq, data: z.string() }),
  z.object({ type: z.literal('warning'), code: z.string(), message: words, endsAt: z.nullish(z.string()) }),
  z.object({ type: z.literal('ended'), exitStatus: z.nullish(z.number()), reason: words }),
  z.object({ type: z.literal('error'), code: z.string(), message: words }),
  z.object({ type: z.literal('closing'), reason: z.nullish(words) }),
  z.object({ type: z.literal('heartbeat') }),
  z.object({ type: z.literal('pong') }),
]);
export type TerminalFrame = z.infer<typeof terminalFrame>;
