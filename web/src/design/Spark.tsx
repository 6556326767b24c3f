const WIDTH = 54;
const HEIGHT = 20;

/** The recent past of a share on a fixed 0 to 1 scale of its own neighbourhood; decoration for a figure. */
export function Spark({ points }: { points: readonly number[] }) {
  if (points.length < 3) return null;
  const low = Math.min(...points), span = Math.max(Math.max(...points) - low, 0.02);
  const at = (value: number, index: number) =>
    `${((index / (points.length - 1)) * (WIDTH - 4)).toFixed(1)},${(HEIGHT - 3 - ((value - low) / span) * (HEIGHT - 6)).toFixed(1)}`;
  const path = points.map(at);
  const [x, y] = (path.at(-1) ?? '0,0').split(',');
  return (
    <svg className="spark" viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} aria-hidden="true">
      <polyline points={path.join(' ')} />
      <circle cx={x} cy={y} r="1.9" />
    </svg>
  );
}
