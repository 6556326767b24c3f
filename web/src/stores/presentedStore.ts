import { create } from 'zustand';
import { readPresented, type Presented } from '../features/presented/presented';

export interface PresentedState {
  shown: Presented | undefined;
  /** Answers whether it is something that can be shown. */
  show: (data: unknown) => boolean;
  close: () => void;
}

/** The one thing that is presented in the centre. */
export const usePresentedStore = create<PresentedState>()((set) => ({
  shown: undefined,
  show: (data) => {
    const shown = readPresented(data);
    if (shown) set({ shown });
    return shown !== undefined;
  },
  close: () => set({ shown: undefined }),
}));
