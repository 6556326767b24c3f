import { create } from 'zustand';
import { readPresented, type Presented } from '../features/presented/presented';

/** By whose wish something is shown on every page. */
export interface Shower {
  by: string;
  origin: string;
}

export interface PresentedState {
  shown: Presented | undefined;
  /** Absent where only this page shows it. */
  from: Shower | undefined;
  /** What every page was last asked to show; what this page closed does not come back by itself. */
  revision: number;
  /** Answers whether it is something that can be shown. */
  show: (data: unknown) => boolean;
  noteScreen: (screen: { revision: number; content?: unknown } & Shower) => void;
  close: () => void;
  reset: () => void;
}

const nothing = { shown: undefined, from: undefined };

/** The one thing that is presented in the centre. */
export const usePresentedStore = create<PresentedState>()((set, get) => ({
  ...nothing,
  revision: -1,
  show: (data) => {
    const shown = readPresented(data);
    if (shown) set({ shown, from: undefined });
    return shown !== undefined;
  },
  noteScreen: ({ revision, content, by, origin }) => {
    // A server that begins anew counts anew.
    if (revision === get().revision) return;
    set({ revision });
    const shown = content === null || content === undefined ? undefined : readPresented(content);
    if (shown) set({ shown, from: { by, origin } });
    else if (get().from) set(nothing);
  },
  close: () => set(nothing),
  reset: () => set({ ...nothing, revision: -1 }),
}));
