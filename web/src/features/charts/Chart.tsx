import './charts.css';
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { timeOfDay } from '../../copy/format';
import { presentedWords } from '../../copy/presentedWords';
import { HEIGHT, nearest, pathOf, scaleOf, WIDTH, within, written, type Span, type Unit } from './plot';
import type { Line } from './Trace';

const TICKS = 4;
const STEPS = 60;

/** The course of figures of one unit, large: with scales, and with the values at the moment under the hand. */
export function Chart({ title, unit, lines, span }: { title: string; unit: Unit; lines: readonly Line[]; span: Span }) {
  const [at, setAt] = useState<number>();
  const shown = lines.map((line) => ({ ...line, points: within(line.points, span) }));
  const scale = scaleOf(shown.map(({ points }) => points), unit);
  const width = span.to - span.from;
  const moment = at === undefined ? undefined : Math.min(span.to, Math.max(span.from, at));
  const values = shown.map(({ label, points }) => {
    const point = moment === undefined ? points.at(-1) : nearest(points, moment, width / STEPS);
    return { label: label ?? title, value: point ? written(point[1], unit) : '–' };
  });
  const spoken = presentedWords.at(timeOfDay(moment ?? span.to), values.map(({ label, value }) => `${label} ${value}`).join(', '));
  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setAt(span.from + ((event.clientX - box.left) / Math.max(1, box.width)) * width);
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10 }[event.key];
    const edge = event.key === 'Home' ? span.from : event.key === 'End' ? span.to : undefined;
    if (step === undefined && edge === undefined) return;
    event.preventDefault();
    setAt(edge ?? (moment ?? span.to) + ((step ?? 0) * width) / STEPS);
  };
  return (
    <figure className="chart" data-chart={unit}>
      <figcaption>
        {values.map(({ label, value }, n) => <span key={n}><span className={`swatch l${String(n)}`} aria-hidden="true" /><bdi>{label}</bdi> <b className="m">{value}</b></span>)}
        {moment !== undefined && <span className="m t2">{timeOfDay(moment)}</span>}
      </figcaption>
      <div className="y m t3" aria-hidden="true"><span>{written(scale.high, unit)}</span><span>{written((scale.low + scale.high) / 2, unit)}</span><span>{written(scale.low, unit)}</span></div>
      <div
        className="area" tabIndex={0} role="slider" aria-label={`${title}, ${presentedWords.moment}`} aria-valuemin={0} aria-valuemax={STEPS} aria-valuenow={Math.round((((moment ?? span.to) - span.from) / width) * STEPS)} aria-valuetext={spoken}
        onKeyDown={press} onPointerMove={point} onPointerLeave={() => setAt(undefined)}
      >
        <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} preserveAspectRatio="none" aria-hidden="true">
          <path className="grid" d={`M0 0H${String(WIDTH)}M0 ${String(HEIGHT / 2)}H${String(WIDTH)}M0 ${String(HEIGHT)}H${String(WIDTH)}`} />
          {shown.map(({ points }, n) => <path key={n} className={`line l${String(n)}`} d={pathOf(points, span, scale)} />)}
          {moment !== undefined && <path className="cursor" d={`M${(((moment - span.from) / width) * WIDTH).toFixed(1)} 0V${String(HEIGHT)}`} />}
        </svg>
      </div>
      <div className="x m t3" aria-hidden="true">{Array.from({ length: TICKS + 1 }, (_, n) => <span key={n}>{timeOfDay(span.from + (n / TICKS) * width)}</span>)}</div>
    </figure>
  );
}
