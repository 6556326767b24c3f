import './trends.css';
import { useCourses, type CourseOf } from '../../app/courses';
import { bitRate } from '../../copy/format';
import { trendWords as say } from '../../copy/trendWords';
import { useClusterStore } from '../../stores/clusterStore';
import { useStale } from '../../stores/freshSelectors';
import { useMark, useProblemsStore } from '../../stores/problemsStore';
import { useSummaryStore } from '../../stores/summaryStore';
import type { Course } from '../../stores/seriesStore';
import type { Points } from '../../transport/detailWire';
import type { Resource } from '../../transport/wire';
import { extremesOf, HEIGHT, pathOf, scaleOf, WIDTH, within, written, type Scale, type Span, type Unit } from '../charts/plot';
import { chosenNodes } from './chosen';
import { perCent, summed, withoutCache } from './figures';

const MINUTES = 60;
const SPAN_MS = MINUTES * 60_000;
const WHOLE: Scale = { low: 0, high: 1 };

type Row = keyof typeof say.rows;
const units: Record<Row, Unit> = { cpu: 'share', memory: 'share', net: 'rate' };
const rows = Object.keys(units) as Row[];

type Columns = readonly { node: Resource; points: Record<Row, Points> }[];

/** What the cluster recorded comes by itself; what Jarvis measured, too. */
function pointsOf(node: Resource, measured: Course | undefined, recorded: Course | undefined, span: Span): Record<Row, Points> {
  return {
    cpu: within(measured?.figures['cpu'] ?? [], span),
    memory: within(perCent(withoutCache(measured?.figures['memory'] ?? [], recorded?.figures['arc'] ?? []), node.memoryTotalBytes), span),
    net: within(summed(recorded?.figures['netIn'] ?? [], recorded?.figures['netOut'] ?? []), span),
  };
}

/** Which nodes stand here: looked at with the summary, and drawn anew only where that changes. */
function useChosen(): readonly Resource[] {
  const refs = useClusterStore((state) => state.refs.node);
  const all = () => refs.flatMap((ref) => useClusterStore.getState().entities.get(ref) ?? []);
  const chosen = useSummaryStore(() => chosenNodes(all(), (ref) => useProblemsStore.getState().marks.has(ref)).map(({ ref }) => ref).join(' '));
  return all().filter(({ ref }) => chosen.split(' ').includes(ref));
}

function useColumns(): { columns: Columns; span: Span } {
  const nodes = useChosen();
  const courses = useCourses(nodes.flatMap(({ ref }): CourseOf[] => [{ ref, minutes: MINUTES }, { ref, recorded: true }]));
  const to = Math.max(0, ...courses.map((course) => course?.at ?? 0));
  const span = { from: to - SPAN_MS, to };
  return { columns: nodes.map((node, at) => ({ node, points: pointsOf(node, courses[2 * at], courses[2 * at + 1], span) })), span };
}

/** Small multiples: each figure of each node over the last hour, every row on one scale. Nothing here is pressed; the nodes' cards are. */
export function TrendGrid() {
  const { columns, span } = useColumns();
  const all = useClusterStore((state) => state.refs.node.length);
  const net = scaleOf(columns.map(({ points }) => points.net), 'rate');
  if (columns.length === 0) return null;
  const scale = (row: Row) => (row === 'net' ? net : WHOLE);
  const bounds: Record<Row, string> = { cpu: say.scale('0', '100'), memory: say.scale('0', '100'), net: say.scale('0', bitRate(net.high)) };
  return (
    <div className="p trends" role="group" aria-label={say.title} data-trends>
      <div className="ph">
        <b className="t">{say.title}</b>
        <span className="note">{columns.length < all ? say.some(columns.length, all) : say.note}</span>
      </div>
      <div className="trend-grid">
        <div className="trend-rows" aria-hidden="true">
          <span />
          {rows.map((row) => <span key={row}>{say.rows[row]}<small>{bounds[row]}</small></span>)}
        </div>
        {columns.map(({ node, points }) => <Column key={node.ref} node={node} points={points} span={span} scale={scale} />)}
      </div>
    </div>
  );
}

function Column({ node, points, span, scale }: { node: Resource; points: Record<Row, Points>; span: Span; scale: (row: Row) => Scale }) {
  const { stale } = useStale(useClusterStore((state) => state.entities.get(node.ref)));
  const marked = useMark(node.ref);
  const loud = !stale && marked !== undefined && marked.severity !== 'info';
  return (
    <div className={stale ? 'trend-col stl' : loud ? 'trend-col loud' : 'trend-col'} data-trend-of={node.ref}>
      <b className="clip"><bdi>{node.name}</bdi></b>
      {rows.map((row) => <Cell key={row} name={node.name} row={row} points={points[row]} span={span} scale={scale(row)} />)}
    </div>
  );
}

function Cell({ name, row, points, span, scale }: { name: string; row: Row; points: Points; span: Span; scale: Scale }) {
  const known = extremesOf(points);
  const unit = units[row];
  const spoken = known ? say.spoken(name, say.rows[row], written(known.last[1], unit), written(known.least, unit), written(known.most, unit)) : `${name}, ${say.rows[row]}: ${say.none}`;
  return (
    <div className="trend-cell" data-trend={row}>
      <span className="m v">{known ? written(known.last[1], unit) : '–'}</span>
      <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} preserveAspectRatio="none" role="img" aria-label={spoken}>
        <path className="line" d={pathOf(points, span, scale)} />
      </svg>
    </div>
  );
}
