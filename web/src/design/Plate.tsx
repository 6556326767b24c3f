import { Glyph } from './Glyph';

/** The one thing that may be filled: a severity that wants somebody. Stale and info are outlines. */
export function Plate({ kind, children }: { kind: 'critical' | 'warning' | 'info' | 'stale'; children: string }) {
  return (
    <span className={`plate ${kind}`} data-plate={kind}>
      <Glyph name={kind} />
      {children}
    </span>
  );
}
