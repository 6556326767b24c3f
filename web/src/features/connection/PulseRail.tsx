import { dayAndTime, duration } from '../../copy/format';
import { words } from '../../copy/words';
import { RAIL_WINDOW_MS, recentTicks, useConnectionStore, type TickKind } from '../../stores/connectionStore';
import { useClusterStore } from '../../stores/clusterStore';

const WIDTH = 1_200;
const HEIGHT = 18;
const BASE = 14;
const tall: Record<TickKind, number> = { heartbeat: 5, data: 10, event: 12 };

/** A path with one stroke per distinct column, so that five hundred messages a second stay one line. */
function strokes(kind: TickKind, now: number): string {
  const columns = new Set<number>();
  for (const tick of recentTicks()) {
    if (tick.kind !== kind) continue;
    const x = Math.round(WIDTH - ((now - tick.at) / RAIL_WINDOW_MS) * WIDTH);
    if (x >= 0 && x <= WIDTH) columns.add(x);
  }
  return [...columns].map((x) => `M${String(x)} ${String(BASE)}V${String(BASE - tall[kind])}`).join('');
}

/** A tick per message of the last minute. It moves once a second; where nothing came there is a gap. */
export function PulseRail() {
  const now = useConnectionStore((state) => state.now);
  const offset = useConnectionStore((state) => state.offset);
  const links = useConnectionStore((state) => state.links);
  const observed = useClusterStore((state) => state.observed);
  const polled = [...observed].slice(0, 2).map(([source, at]) => words.rail.polled(source.split(':').at(-1) ?? source, duration((now + offset - at) / 1_000)));
  return (
    <>
      <span className="opt">{[...polled, words.rail.cluster(links.cluster.phase), words.rail.events(links.events.phase)].join(' · ')}</span>
      <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} preserveAspectRatio="none" aria-hidden="true" data-rail>
        <path d={`M0 ${String(BASE + 0.5)}H${String(WIDTH)}`} className="base" />
        <path d={strokes('heartbeat', now)} className="heartbeat" />
        <path d={strokes('data', now)} className="data" />
        <path d={strokes('event', now)} className="event" />
      </svg>
      <span>{words.rail.window}</span>
      <span className="t2">{dayAndTime(now)}</span>
    </>
  );
}
