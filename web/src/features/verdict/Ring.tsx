import './ring.css';
import { memo } from 'react';
import { percent, UNKNOWN } from '../../copy/format';
import { shellWords } from '../../copy/shellWords';
import { useSummaryStore } from '../../stores/summaryStore';
import { arc, scale } from './ring';

const say = shellWords.ring;
const RADII = { cpu: 78, memory: 65, storage: 52 } as const;
const SCALE = scale();

/** Turns by itself on a layer of its own, so that turning costs the page nothing. */
const Scale = memo(function Scale() {
  return (
    <>
      <svg className="ring-scale" viewBox="0 0 200 200" aria-hidden="true"><path d={SCALE} /></svg>
      <svg className="ring-sweep" viewBox="0 0 200 200" aria-hidden="true"><circle cx="100" cy="100" r="85" /></svg>
    </>
  );
});

/** How full the clusters are, and in the middle how much wants somebody. */
export function Ring({ wanting }: { wanting: number | undefined }) {
  const { cpu, memory, storage } = useSummaryStore((state) => state.summary);
  const shares = { cpu: cpu.share, memory: memory.share, storage: storage.share };
  const names = Object.keys(RADII) as (keyof typeof RADII)[];
  return (
    <div className="ring" role="img" aria-label={say.spoken(percent(shares.cpu), percent(shares.memory), percent(shares.storage))}>
      <Scale />
      <svg viewBox="0 0 200 200" aria-hidden="true">
        {names.map((name) => (
          <g key={name}>
            <path className="track" d={arc(RADII[name], 1)} />
            <path className="share" d={arc(RADII[name], shares[name])} />
            <text x="95" y={104.2 - RADII[name]}>{say.arcs[name]} {shares[name] === undefined ? UNKNOWN : Math.round(shares[name] * 100)}</text>
          </g>
        ))}
        <text className="count" x="100" y="118">{wanting ?? UNKNOWN}</text>
        <text className="attend" x="100" y="135">{say.attend}</text>
      </svg>
    </div>
  );
}
