import { create } from 'zustand';
import type { Health } from '../transport/wire';

/** Where the person stands: nothing known yet, no server, first run, signed out, or in. */
export type SessionPhase = 'starting' | 'unreachable' | 'setup' | 'login' | 'in';

export interface SessionState {
  phase: SessionPhase;
  username: string | undefined;
  csrfToken: string | undefined;
  health: Health | undefined;
  healthAt: number | undefined;
  /** Why the login form is shown again. */
  notice: string | undefined;
  set: (change: Partial<Omit<SessionState, 'set'>>) => void;
}

export const useSessionStore = create<SessionState>()((set) => ({
  phase: 'starting',
  username: undefined,
  csrfToken: undefined,
  health: undefined,
  healthAt: undefined,
  notice: undefined,
  set: (change) => set(change),
}));
