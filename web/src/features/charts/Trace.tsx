import './charts.css';
import { timeOfDay } from '../../copy/format';
import { resourceWords } from '../../copy/resourceWords';
import type { Points } from '../../transport/detailWire';
import { extremesOf, HEIGHT, pathOf, scaleOf, WIDTH, within, written, type Span, type Unit } from './plot';

/** What was measured last counts as now for this long. */
const NOW_MS = 90_000;

export interface Line {
  /** What sets it apart from the others; nothing where it is alone. */
  label?: string;
  points: Points;
}

interface TraceProps {
  title: string;
  unit: Unit;
  lines: readonly Line[];
  span: Span;
  /** What there is at most, where that is known: the top of the scale. */
  most?: number;
}

/** The course of a figure, small: a line, and what it says in figures. */
export function Trace({ title, unit, lines, span, most }: TraceProps) {
  const shown = lines.map((line) => ({ ...line, points: within(line.points, span) }));
  const scale = scaleOf(shown.map(({ points }) => points), unit, most);
  const spoken = shown.flatMap(({ label, points }) => {
    const known = extremesOf(points);
    if (!known) return [];
    const last = span.to - known.last[0] <= NOW_MS ? resourceWords.chart.now(written(known.last[1], unit)) : resourceWords.chart.last(written(known.last[1], unit), timeOfDay(known.last[0]));
    return [resourceWords.chart.spoken(label ?? title, last, written(known.least, unit), written(known.most, unit))];
  });
  const values = shown.flatMap(({ points }) => {
    const last = points.at(-1);
    return last ? [span.to - last[0] <= NOW_MS ? written(last[1], unit) : `${written(last[1], unit)} ${timeOfDay(last[0])}`] : [];
  });
  return (
    <figure className="trace" data-trace={title}>
      <figcaption>
        <span className="t2">{title}</span>
        <span className="m">{values.length === 0 ? resourceWords.chart.none : values.join(' / ')}</span>
      </figcaption>
      <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} preserveAspectRatio="none" role="img" aria-label={spoken.length === 0 ? `${title}: ${resourceWords.chart.none}` : spoken.join('. ')}>
        <path className="grid" d={`M0 ${String(HEIGHT)}H${String(WIDTH)}`} />
        {shown.map(({ points }, at) => <path key={at} className={`line l${String(at)}`} d={pathOf(points, span, scale)} />)}
      </svg>
    </figure>
  );
}
