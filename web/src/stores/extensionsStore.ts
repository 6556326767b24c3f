import { create } from 'zustand';
import type { Extension } from '../transport/wire';
import { DECIDED_STAYS_MS } from './approvalsStore';

/** A jar that waits for a person, or did until a moment ago. */
export interface ConsentCardState {
  id: string;
  extension: Extension;
  arrivedAt: number;
  /** Set when it was decided elsewhere: the card says by whom, then leaves. */
  decidedAt?: number;
}

export interface ExtensionsState {
  /** By file name, as the server lists them; empty until the first list came. */
  extensions: readonly Extension[];
  list: 'unknown' | 'known' | 'failed';
  /** Why the latest list could not be had. */
  why: string | undefined;
  cards: ReadonlyMap<string, ConsentCardState>;
  /** What this page decided itself: its card leaves at once, the answer is a toast. */
  own: ReadonlySet<string>;
  replaceAll: (extensions: readonly Extension[], now: number) => void;
  /** The server's answer to this page's own decision. */
  noteDecided: (extension: Extension, now: number) => void;
  noteFailure: (why: string) => void;
  dropDecided: (now: number) => void;
  reset: () => void;
}

const waits = (extension: Extension): boolean => extension.state === 'awaiting-consent';

function cardsFor(extensions: readonly Extension[], before: ReadonlyMap<string, ConsentCardState>, own: ReadonlySet<string>, now: number): ReadonlyMap<string, ConsentCardState> {
  const cards = new Map<string, ConsentCardState>();
  for (const extension of extensions) {
    const known = before.get(extension.id);
    if (waits(extension)) {
      const waited = known?.decidedAt === undefined ? known : undefined;
      cards.set(extension.id, { id: extension.id, extension, arrivedAt: waited?.arrivedAt ?? now });
    } else if (known && !own.has(extension.id)) {
      cards.set(extension.id, { ...known, extension, decidedAt: known.decidedAt ?? now });
    }
  }
  return cards;
}

const fresh = { extensions: [], list: 'unknown', why: undefined, cards: new Map<string, ConsentCardState>(), own: new Set<string>() } as const;

export const useExtensionsStore = create<ExtensionsState>()((set, get) => ({
  ...fresh,
  replaceAll: (extensions, now) => {
    // A jar that waits again after this page had decided on it is a new question.
    const own = new Set([...get().own].filter((id) => extensions.some((extension) => extension.id === id && !waits(extension))));
    set({ extensions, list: 'known', why: undefined, own, cards: cardsFor(extensions, get().cards, own, now) });
  },
  noteDecided: (decided, now) => {
    const own = new Set(get().own).add(decided.id);
    const extensions = get().extensions.map((extension) => (extension.id === decided.id ? decided : extension));
    set({ extensions, own, cards: cardsFor(extensions, get().cards, own, now) });
  },
  // The list before stays: it is better than none, and the server checks every decision.
  noteFailure: (why) => set({ list: get().list === 'known' ? 'known' : 'failed', why }),
  dropDecided: (now) => {
    const { cards } = get();
    const kept = [...cards].filter(([, card]) => card.decidedAt === undefined || now - card.decidedAt < DECIDED_STAYS_MS);
    if (kept.length < cards.size) set({ cards: new Map(kept) });
  },
  reset: () => set(fresh),
}));

/** The cards to draw: those that wait first, oldest first. */
export function consentCards(cards: ReadonlyMap<string, ConsentCardState>): ConsentCardState[] {
  return [...cards.values()].sort((a, b) => Number(a.decidedAt !== undefined) - Number(b.decidedAt !== undefined) || a.arrivedAt - b.arrivedAt);
}

export function waitingForConsent(state: Pick<ExtensionsState, 'cards'>): number {
  return [...state.cards.values()].filter((card) => card.decidedAt === undefined).length;
}

/** The running version whose place this one would take. */
export function replacedBy(extension: Extension, all: readonly Extension[]): Extension | undefined {
  return extension.replaces === undefined || extension.replaces === null ? undefined : all.find(({ id }) => id === extension.replaces);
}
