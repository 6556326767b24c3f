import { timeOfDay, UNKNOWN } from '../../copy/format';
import { panelWords as words } from '../../copy/panelWords';
import type { PanelSeries } from '../../transport/panelWire';
import { HEIGHT, paths, spanOf, WIDTH } from './course';
import { figure } from './value';

/** Courses one above the other over the same time: each has a scale of its own, and a name beside it, not a colour. */
export function PanelCourses({ series }: { series: readonly PanelSeries[] }) {
  const span = spanOf(series);
  return (
    <div className="panel-courses">
      {series.map((one) => {
        const last = one.points.at(-1)?.value ?? null;
        const told = last === null ? UNKNOWN : figure(last, one.unit);
        return (
          <figure key={one.name}>
            <figcaption><bdi>{one.name}</bdi><span className="m v">{told}</span></figcaption>
            <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} preserveAspectRatio="none" role="img" aria-label={words.course(one.name, told)}>
              {span && paths(one, span.from, span.to).map((path, index) => <path key={index} d={path} />)}
            </svg>
          </figure>
        );
      })}
      {span && <p className="t3 s12 m ends"><span>{timeOfDay(span.from)}</span><span>{timeOfDay(span.to)}</span></p>}
    </div>
  );
}
