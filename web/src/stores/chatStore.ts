import { create } from 'zustand';
import type { ChatMessage, ChatState, Conversation, Part, Provider } from '../transport/chatWire';
import type { Link } from '../transport/channel';

/** As many as the wire keeps; told here as well, so that the first page need not load the wire. */
const MOST_MESSAGES = 500;
const MOST_WORDS = 200_000;

/** Words that were added to a message, told by the number of their part. */
export interface Addition {
  message: string;
  part: number;
  text: string;
}

/** What stands in the field. Only what was typed by hand there can stand for consent to a small change. */
export interface Draft {
  text: string;
  pasted: boolean;
}

export interface ChatStore {
  link: Link;
  /** Why there is no chat at the moment. */
  unavailable: string | undefined;
  /** In the order in which they are asked. */
  providers: readonly Provider[] | undefined;
  /** Which conversation is shown: undefined until that is settled, null for one that has not begun. */
  shown: string | null | undefined;
  /** False until what was said in the one that is shown has come. */
  known: boolean;
  title: string;
  state: ChatState;
  messages: ReadonlyMap<string, ChatMessage>;
  order: readonly string[];
  /** How many came before those that are kept. */
  before: number;
  draft: Draft;
  /** What the page itself put into the field last. */
  prefilled: string | undefined;
  /** Grows when somebody wants to write, from wherever on the page. */
  called: number;
  face: 'log' | 'history' | 'help';
  /** Approvals whose cards stand in the talk: they need not stand among the others as well. */
  cards: ReadonlySet<string>;
  show: (id: string | null) => void;
  replace: (conversation: Conversation) => void;
  put: (message: ChatMessage, state?: ChatState) => void;
  /** False where it does not fit what is known: then the whole has to be asked for. */
  add: (additions: readonly Addition[]) => boolean;
  setDraft: (draft: Draft) => void;
  /** Puts words into the field, beside what somebody typed there already; nothing is sent by it. */
  prefill: (text: string) => void;
  call: () => void;
  turn: (face: ChatStore['face']) => void;
  /** A card stands in the talk until the answer is called. */
  holdCard: (approval: string) => () => void;
  reset: () => void;
}

const nobody = { title: '', state: 'IDLE' as ChatState, messages: new Map<string, ChatMessage>(), order: [] as readonly string[], before: 0 };
const fresh = { ...nobody, link: { phase: 'idle' } as Link, unavailable: undefined, providers: undefined, shown: undefined, known: false, draft: { text: '', pasted: false }, prefilled: undefined, called: 0, face: 'log' as const, cards: new Set<string>() };

function withWords(message: ChatMessage, at: number, text: string): ChatMessage | undefined {
  const part = message.parts[at];
  if (part === undefined ? at !== message.parts.length : part.kind !== 'words') return undefined;
  const before = part?.kind === 'words' ? part.text : '';
  if (before.length >= MOST_WORDS) return message;
  const parts: Part[] = [...message.parts];
  parts[at] = { kind: 'words', text: before + text };
  return { ...message, parts };
}

/** One conversation, as far as this page holds it, and what somebody is about to say in it. */
export const useChatStore = create<ChatStore>()((set, get) => ({
  ...fresh,
  show: (id) => set({ ...nobody, shown: id, known: id === null, face: 'log' }),
  replace: ({ id, title, state, messages }) => {
    if (id !== get().shown) return;
    const known = get().messages;
    // What did not change stays the same object, so that it is not drawn again.
    const same = (message: ChatMessage) => {
      const one = known.get(message.id);
      return one && JSON.stringify(one) === JSON.stringify(message) ? one : message;
    };
    set({ title, state, known: true, unavailable: undefined, messages: new Map(messages.latest.map((message) => [message.id, same(message)])), order: messages.latest.map((message) => message.id), before: messages.all - messages.latest.length });
  },
  put: (message, state = get().state) => {
    const { messages: known, order: ids, before } = get();
    const messages = new Map(known).set(message.id, message);
    const all = known.has(message.id) ? ids : [...ids, message.id];
    const over = Math.max(0, all.length - MOST_MESSAGES);
    for (const id of all.slice(0, over)) messages.delete(id);
    set({ state, messages, order: over > 0 ? all.slice(over) : all, before: before + over });
  },
  add: (additions) => {
    const messages = new Map(get().messages);
    for (const { message: id, part, text } of additions) {
      const known = messages.get(id);
      const next = known && withWords(known, part, text);
      if (!next) return false;
      messages.set(id, next);
    }
    set({ messages });
    return true;
  },
  setDraft: (draft) => set({ draft }),
  prefill: (text) => {
    const { draft, prefilled } = get();
    // What was put there and not touched since gives way.
    const before = draft.text === prefilled ? '' : draft.text.trim();
    const whole = before === '' ? text : `${before} ${text}`;
    set({ draft: { text: whole, pasted: true }, prefilled: whole, called: get().called + 1, face: 'log' });
  },
  call: () => set({ called: get().called + 1 }),
  turn: (face) => set({ face }),
  holdCard: (approval) => {
    set({ cards: new Set(get().cards).add(approval) });
    return () => set({ cards: new Set([...get().cards].filter((one) => one !== approval)) });
  },
  reset: () => set(fresh),
}));
