import { create } from 'zustand';
import type { LinePhase } from '../transport/terminalLine';
import type { OpenTerminal } from '../transport/terminalWire';

/** A terminal that this page shows. */
export interface ShownTerminal {
  terminal: OpenTerminal;
  /** Used up by the first attachment; the line keeps the next ones to itself. */
  secret: string;
  phase: LinePhase;
  reason?: string;
  exitStatus?: number;
  warning?: string;
}

export interface TerminalState {
  terminals: readonly ShownTerminal[];
  /** The one in front. */
  active: string | undefined;
  /** Collapsed to its rail; what runs goes on. */
  collapsed: boolean;
  /** For which resource somebody is asked to open one. */
  asking: { ref: string; name: string } | undefined;
  ask: (asking: TerminalState['asking']) => void;
  add: (terminal: OpenTerminal, secret: string) => void;
  note: (id: string, change: Partial<ShownTerminal>) => void;
  drop: (id: string) => void;
  show: (id: string) => void;
  collapse: (collapsed: boolean) => void;
  reset: () => void;
}

const nothing = { terminals: [], active: undefined, collapsed: true, asking: undefined };

export const useTerminalStore = create<TerminalState>()((set, get) => ({
  ...nothing,
  ask: (asking) => set({ asking }),
  add: (terminal, secret) => set({ terminals: [...get().terminals, { terminal, secret, phase: 'connecting' }], active: terminal.id, collapsed: false, asking: undefined }),
  note: (id, change) => set({ terminals: get().terminals.map((one) => (one.terminal.id === id ? { ...one, ...change } : one)) }),
  drop: (id) => {
    const terminals = get().terminals.filter((one) => one.terminal.id !== id);
    set({ terminals, active: get().active === id ? terminals.at(-1)?.terminal.id : get().active });
  },
  show: (id) => set({ active: id, collapsed: false }),
  collapse: (collapsed) => set({ collapsed }),
  reset: () => set(nothing),
}));
