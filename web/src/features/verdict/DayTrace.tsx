import { useCourses } from '../../app/courses';
import { percent, timeOfDay } from '../../copy/format';
import { trendWords as say } from '../../copy/trendWords';
import { useClusterStore } from '../../stores/clusterStore';
import type { Points } from '../../transport/detailWire';
import { extremesOf, HEIGHT, pathOf, scaleOf, WIDTH, within } from '../charts/plot';

const MINUTES = 1_440;
const DAY_MS = MINUTES * 60_000;
/** Whatever is missing at the beginning of the day is worth a word. */
const WHOLE_DAY_MS = DAY_MS - 3_600_000;
const FEWEST = 3;

/** What lies beneath the line, piece by piece: where nothing was measured there is nothing. */
function areaOf(line: string): string {
  return line
    .split('M')
    .filter((piece) => piece.includes('L'))
    .map((piece) => {
      const first = piece.split(' ')[0] ?? '0';
      const last = piece.slice(piece.lastIndexOf('L') + 1).split(' ')[0] ?? first;
      return `M${piece}L${last} ${String(HEIGHT)}L${first} ${String(HEIGHT)}Z`;
    })
    .join('');
}

/** How busy the clusters were in the last day, beneath the verdict. */
export function DayTrace() {
  const clusters = useClusterStore((state) => state.refs.cluster);
  const courses = useCourses(clusters.map((ref) => ({ ref, minutes: MINUTES })));
  const { entities } = useClusterStore.getState();
  const to = Math.max(0, ...courses.map((course) => course?.at ?? 0));
  const span = { from: to - DAY_MS, to };
  const drawn = clusters.flatMap((ref, at): { ref: string; points: Points }[] => {
    const points = within(courses[at]?.figures['cpu'] ?? [], span);
    return points.length < FEWEST ? [] : [{ ref, points }];
  });
  const begin = Math.min(to, ...drawn.map(({ points }) => points[0]?.[0] ?? to));
  if (drawn.length === 0) return null;
  const scale = scaleOf(drawn.map(({ points }) => points), 'share');
  const spoken = drawn.map(({ ref, points }) => {
    const { least = 0, most = 0 } = extremesOf(points) ?? {};
    return say.daySpoken(entities.get(ref)?.name ?? ref, percent(least), percent(most));
  });
  return (
    <figure className="day">
      <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} preserveAspectRatio="none" role="img" aria-label={spoken.join('. ')}>
        {drawn.map(({ ref, points }) => {
          const line = pathOf(points, span, scale);
          return (
            <g key={ref}>
              <path className="under" d={areaOf(line)} />
              <path className="line" d={line} />
            </g>
          );
        })}
      </svg>
      <figcaption className="s12 t3">{to - begin < WHOLE_DAY_MS ? say.daySince(timeOfDay(begin)) : say.day}</figcaption>
    </figure>
  );
}
