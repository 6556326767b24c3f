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
  since: string;
  /** Answers whether it is something that can be shown. */
  show: (data: unknown) => boolean;
  noteScreen: (screen: { revision: number; at: string; content?: unknown } & Shower) => void;
  close: () => void;
  reset: () => void;
}

const nothing = { shown: undefined, from: undefined };

/** The one thing that is presented in the centre. */
export const usePresentedStore = create<PresentedState>()((set, get) => ({
  ...nothing,
  since: '',
  show: (data) => {
    const shown = readPresented(data);
    if (shown) set({ shown, from: undefined });
    return shown !== undefined;
  },
  noteScreen: ({ revision, at, content, by, origin }) => {
    // A server that begins anew counts anew, so the number alone is not enough.
    const since = `${at}#${String(revision)}`;
    if (since === get().since) return;
    set({ since });
    const shown = content === null || content === undefined ? undefined : readPresented(content);
    if (shown) set({ shown, from: { by, origin } });
    else if (get().from) set(nothing);
  },
  close: () => set(nothing),
  reset: () => set({ ...nothing, since: '' }),
}));
