import { panelWords as words } from '../../copy/panelWords';
import { words as common } from '../../copy/words';
import { Glyph } from '../../design/Glyph';
import { Plate } from '../../design/Plate';
import type { PanelStat } from '../../transport/panelWire';
import { Value } from './value';

const ARROWS = { rising: 'M2 10 6 5l3 3 4-6M9.5 2H13v3.5', steady: 'M1 7h12M10 4l3 3-3 3', falling: 'M2 3l4 5 3-3 4 7M9.5 12H13V8.5' } as const;

/** Figures that stand for themselves; only a severity is filled, and not while it is old. */
export function PanelStats({ stats, stale }: { stats: readonly PanelStat[]; stale: boolean }) {
  return (
    <dl className="panel-stats">
      {stats.map((stat, index) => (
        <div key={index}>
          <dt><bdi>{stat.label}</bdi></dt>
          <dd>
            <span className="big"><Value value={stat.value} unit={stat.unit} /></span>
            {stat.trend && (
              <svg className="trend" viewBox="0 0 14 14" role="img" aria-label={words.trend[stat.trend]}><path d={ARROWS[stat.trend]} /></svg>
            )}
            {stat.severity && (stale ? <Glyph name="stale" label={common.problems.severity[stat.severity]} /> : <Plate kind={stat.severity}>{common.problems.severity[stat.severity]}</Plate>)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
