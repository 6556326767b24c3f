import { create } from 'zustand';
import type { Action, Approval } from '../transport/wire';

/** How long a card that was decided elsewhere still says by whom, before it leaves. */
export const DECIDED_STAYS_MS = 10_000;

export interface ApprovalCardState {
  id: string;
  action: Action;
  state: Approval['state'];
  expiresAt: string | undefined;
  /** When the card came to this page, on its clock: a new card ignores input at first. */
  arrivedAt: number;
  decidedAt?: number;
  /** What would run is not what this page showed before: whoever began to consent begins anew. */
  renewed: boolean;
}

export interface ApprovalsState {
  cards: ReadonlyMap<string, ApprovalCardState>;
  /** While a gesture of this page asks and approves in one, its card shall not flash up in between. */
  gestureSince: number | undefined;
  /** Approvals that this page gave within a gesture; their events tell nothing new here. */
  own: ReadonlySet<string>;
  /** `askedAt`: when the list was asked for; what arrived since then is newer than the list. */
  replaceAll: (approvals: readonly Approval[], now: number, askedAt: number) => void;
  noteAction: (action: Action, now: number) => void;
  dropDecided: (now: number) => void;
  beginGesture: (now: number) => void;
  endGesture: () => void;
  forget: (id: string) => void;
  reset: () => void;
}

const fingerprint = (action: Action): string | undefined => action.fingerprint ?? action.approval?.fingerprint ?? undefined;

/** Whether an approval is for something else than what was shown: another fingerprint, or asked for anew after the one before lapsed. */
function isRenewed(cards: ReadonlyMap<string, ApprovalCardState>, id: string, action: Action): boolean {
  const known = cards.get(id);
  if (known) return known.renewed || fingerprint(known.action) !== fingerprint(action);
  return action.id !== undefined && action.id !== null && [...cards.values()].some((card) => card.action.id === action.id);
}

function withoutOldDecided(cards: ReadonlyMap<string, ApprovalCardState>, now: number): ReadonlyMap<string, ApprovalCardState> {
  const kept = [...cards].filter(([, card]) => card.decidedAt === undefined || now - card.decidedAt < DECIDED_STAYS_MS);
  return kept.length === cards.size ? cards : new Map(kept);
}

export const useApprovalsStore = create<ApprovalsState>()((set, get) => ({
  cards: new Map(),
  gestureSince: undefined,
  own: new Set(),
  replaceAll: (approvals, now, askedAt) => {
    const before = get().cards;
    const cards = new Map<string, ApprovalCardState>();
    for (const { id, action, state, expiresAt } of approvals) {
      // A decision is final: a list that was on its way meanwhile knows nothing of it yet.
      if (before.get(id)?.decidedAt !== undefined) continue;
      cards.set(id, { id, action, state, expiresAt: expiresAt ?? undefined, arrivedAt: before.get(id)?.arrivedAt ?? now, renewed: isRenewed(before, id, action) });
    }
    for (const [id, card] of before) if ((card.decidedAt !== undefined || card.arrivedAt >= askedAt) && !cards.has(id)) cards.set(id, card);
    set({ cards });
  },
  noteAction: (action, now) => {
    const approval = action.approval;
    if (!approval || get().own.has(approval.id)) return;
    const known = get().cards.get(approval.id);
    const pending = approval.state === 'PENDING' && action.state === 'AWAITING_APPROVAL';
    // What this page never showed as pending need not be shown as decided.
    if (!known && !pending) return;
    if (known && known.state !== 'PENDING' && pending) return;
    const card: ApprovalCardState = {
      id: approval.id,
      action,
      state: approval.state,
      expiresAt: approval.expiresAt ?? undefined,
      arrivedAt: known?.arrivedAt ?? now,
      decidedAt: pending ? undefined : (known?.decidedAt ?? now),
      renewed: isRenewed(get().cards, approval.id, action),
    };
    set({ cards: new Map(get().cards).set(card.id, card) });
  },
  dropDecided: (now) => {
    const cards = withoutOldDecided(get().cards, now);
    if (cards !== get().cards) set({ cards });
  },
  beginGesture: (now) => set({ gestureSince: now }),
  endGesture: () => set({ gestureSince: undefined }),
  forget: (id) => {
    const cards = new Map(get().cards);
    cards.delete(id);
    set({ cards, own: new Set(get().own).add(id) });
  },
  reset: () => set({ cards: new Map(), gestureSince: undefined, own: new Set() }),
}));

/** The cards to draw: pending ones first, oldest first. */
export function visibleCards({ cards, gestureSince }: Pick<ApprovalsState, 'cards' | 'gestureSince'>): ApprovalCardState[] {
  return [...cards.values()]
    .filter((card) => gestureSince === undefined || card.arrivedAt < gestureSince)
    .sort((a, b) => Number(a.decidedAt !== undefined) - Number(b.decidedAt !== undefined) || a.arrivedAt - b.arrivedAt);
}
