/** A share as length; it moves by scale alone. The figure stands beside it, so it is silent. */
export function Bar({ share, severity }: { share: number | undefined; severity?: 'critical' | 'warning' }) {
  const scale = Math.min(1, Math.max(0, share ?? 0));
  return (
    <span className={severity ? `bar ${severity}` : 'bar'} aria-hidden="true">
      <i style={{ transform: `scaleX(${scale.toFixed(4)})` }} />
    </span>
  );
}
