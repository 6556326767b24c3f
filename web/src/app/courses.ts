import { useEffect } from 'react';
import { words } from '../copy/words';
import { useSeriesStore, type Course, type Figures } from '../stores/seriesStore';
import { ApiError } from '../transport/api';
import { course, metrics, type Points } from '../transport/detailWire';
import { serverNow } from './problems';
import { api } from './server';
import { Watched } from './watched';

const POINTS = 180;
const METRICS_EVERY_MS = 15_000;
/** The cluster records a point a minute. */
const RECORDED_EVERY_MS = 60_000;
const MINUTE_MS = 60_000;
const SELDOM_MS = 300_000;

/**
 * Where a course comes from: what Jarvis measured in the last so many minutes, or what the cluster itself
 * recorded in the last hour, which alone knows of a node's network and ARC.
 */
export type CourseOf = { ref: string; minutes: number } | { ref: string; recorded: true };

const keyOf = (of: CourseOf): string => ('recorded' in of ? `recorded ${of.ref}` : `${String(of.minutes)} ${of.ref}`);

/** The cluster's own names, by ours. */
const recordedNames: readonly (readonly [ours: string, theirs: string])[] = [['netIn', 'netin'], ['netOut', 'netout'], ['arc', 'arcsize']];

async function ask(key: string, signal: AbortSignal): Promise<Figures> {
  const [span = '', ref = ''] = key.split(/ (.*)/s);
  const address = `api/resources/${encodeURIComponent(ref)}`;
  if (span === 'recorded') {
    const { points } = await api.get(`${address}/course?timeframe=hour`, course, signal);
    return Object.fromEntries(
      recordedNames.map(([ours, theirs]): [string, Points] => [
        ours,
        points.flatMap(({ at, figures }) => {
          const value = figures[theirs], when = Date.parse(at);
          return value === undefined || Number.isNaN(when) ? [] : [[when, value] as const];
        }),
      ]),
    );
  }
  const from = serverNow() - Number(span) * MINUTE_MS;
  const { series } = await api.get(`${address}/metrics?from=${String(Math.round(from))}&points=${String(POINTS)}`, metrics, signal);
  return Object.fromEntries(series.map(({ figure, points }) => [figure, points]));
}

/** A course is asked for again about as often as it gains a point. */
function askAgainAfter(key: string): number {
  if (key.startsWith('recorded')) return RECORDED_EVERY_MS;
  const minutes = Number(key.split(' ')[0]);
  return Math.min(SELDOM_MS, Math.max(METRICS_EVERY_MS, (minutes * MINUTE_MS) / POINTS / 2));
}

const watched = new Watched(
  async (key, signal) => {
    const every = askAgainAfter(key);
    try {
      const figures = await ask(key, signal);
      if (!signal.aborted) useSeriesStore.getState().note(key, figures, serverNow());
    } catch (error) {
      if (!signal.aborted) useSeriesStore.getState().noteFailure(key, error instanceof ApiError ? error.message : words.session.unreachable, serverNow());
    }
    return every;
  },
  (key) => useSeriesStore.getState().forget(key),
);

/** The course of a resource's figures, asked for while the calling component is on screen. */
export function useCourse(of: CourseOf): Course | undefined {
  const key = keyOf(of);
  useEffect(() => watched.watch(key), [key]);
  return useSeriesStore((state) => state.courses.get(key));
}

/** The same for several at once, in their order. */
export function useCourses(all: readonly CourseOf[]): readonly (Course | undefined)[] {
  const keys = all.map(keyOf).join('\n');
  useEffect(() => {
    const ends = keys === '' ? [] : keys.split('\n').map((key) => watched.watch(key));
    return () => {
      for (const end of ends) end();
    };
  }, [keys]);
  const courses = useSeriesStore((state) => state.courses);
  return all.map((of) => courses.get(keyOf(of)));
}
