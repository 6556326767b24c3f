import { create } from 'zustand';
import type { Link } from '../transport/channel';

export type ChannelName = 'cluster' | 'events';
export type TickKind = 'heartbeat' | 'data' | 'event';

/** One received message, for the Pulse Rail. */
export interface Tick {
  at: number;
  kind: TickKind;
}

export const RAIL_WINDOW_MS = 60_000;
const MOST_TICKS = 1_200;

/** The state of the lines to Jarvis, and this page's notion of time. */
export interface ConnectionState {
  links: Readonly<Record<ChannelName, Link>>;
  lastMessageAt: number | undefined;
  /** Moves once a second, and at once when a hidden tab is shown. */
  now: number;
  /** Milliseconds from this machine's clock to the server's. */
  offset: number;
  setLink: (channel: ChannelName, link: Link) => void;
  setOffset: (offset: number) => void;
  tick: (now: number) => void;
  noteMessage: (at: number) => void;
}

/** A 60-second window of ticks, kept outside the store: five hundred a second must not re-render anything. */
const ticks: Tick[] = [];

export function recordTick(tick: Tick): void {
  ticks.push(tick);
  const oldest = tick.at - RAIL_WINDOW_MS;
  while (ticks.length > MOST_TICKS || (ticks[0] !== undefined && ticks[0].at < oldest)) ticks.shift();
}

export function recentTicks(): readonly Tick[] {
  return ticks;
}

export const useConnectionStore = create<ConnectionState>()((set, get) => ({
  links: { cluster: { phase: 'idle' }, events: { phase: 'idle' } },
  lastMessageAt: undefined,
  now: Date.now(),
  offset: 0,
  // A line that breaks makes everything stale in the same instant, not at the next tick.
  setLink: (channel, link) => set({ links: { ...get().links, [channel]: link }, now: Date.now() }),
  setOffset: (offset) => {
    if (Math.abs(offset - get().offset) > 50) set({ offset });
  },
  tick: (now) => set({ now }),
  noteMessage: (at) => set({ lastMessageAt: at }),
}));

/** Actions are refused here as soon as either line is in doubt: nobody should act on old values. */
export function isLive(state: ConnectionState): boolean {
  return state.links.cluster.phase === 'live' && state.links.events.phase === 'live';
}
