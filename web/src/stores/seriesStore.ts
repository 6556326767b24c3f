import { create } from 'zustand';
import type { Points } from '../transport/detailWire';

export type Figures = Readonly<Record<string, Points>>;

export interface Course {
  figures: Figures;
  /** When it was answered, on the server's clock. */
  at: number;
  failure: string | undefined;
}

/** The courses that somebody looks at, by what was asked for; no more than are on screen. */
export interface SeriesState {
  courses: ReadonlyMap<string, Course>;
  note: (key: string, figures: Figures, at: number) => void;
  noteFailure: (key: string, why: string, at: number) => void;
  forget: (key: string) => void;
}

export const MOST_POINTS = 3_600;

export const useSeriesStore = create<SeriesState>()((set, get) => ({
  courses: new Map(),
  note: (key, figures, at) => {
    const bounded = Object.fromEntries(Object.entries(figures).map(([figure, points]) => [figure, points.slice(-MOST_POINTS)]));
    set({ courses: new Map(get().courses).set(key, { figures: bounded, at, failure: undefined }) });
  },
  // What was drawn stays: it is as old as its last point says.
  noteFailure: (key, why, at) => {
    const known = get().courses.get(key);
    set({ courses: new Map(get().courses).set(key, { figures: known?.figures ?? {}, at: known?.at ?? at, failure: why }) });
  },
  forget: (key) => {
    const courses = new Map(get().courses);
    courses.delete(key);
    set({ courses });
  },
}));
