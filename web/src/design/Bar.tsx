/** A share as length; it moves by transform alone, without stretching its hatch. The figure beside it speaks. */
export function Bar({ share, severity }: { share: number | undefined; severity?: 'critical' | 'warning' }) {
  const hidden = 1 - Math.min(1, Math.max(0, share ?? 0));
  return (
    <span className={severity ? `bar ${severity}` : 'bar'} aria-hidden="true">
      <i style={{ transform: `translateX(${(-100 * hidden).toFixed(2)}%)` }} />
    </span>
  );
}
