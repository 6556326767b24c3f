import type { Course } from '../../stores/seriesStore';

/** What was measured longer ago than this is not now. */
const NOW_MS = 90_000;

export interface Moved {
  received: number;
  sent: number;
}

/** What all clusters move now, in bytes a second; undefined where nobody can tell of any. */
export function movedNow(courses: readonly (Course | undefined)[]): Moved | undefined {
  const now = (course: Course, figure: string) => {
    const last = course.figures[figure]?.at(-1);
    return last && course.at - last[0] <= NOW_MS ? last[1] : undefined;
  };
  const known = courses.flatMap((course) => {
    if (!course || course.failure !== undefined) return [];
    const received = now(course, 'netIn'), sent = now(course, 'netOut');
    return received === undefined || sent === undefined ? [] : [{ received, sent }];
  });
  return known.length === 0 ? undefined : known.reduce((sum, one) => ({ received: sum.received + one.received, sent: sum.sent + one.sent }));
}
