import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { breakpointOf, clamped, keepWidth, widthOf, type Column } from './columns';

const STEP = 16;
const GAP = 8;

/** The inner edge of a column: moved by drag or arrow keys, remembered on this device for each breakpoint. */
export function ColumnEdge({ column, label, className }: { column: Column; label: string; className: string }) {
  const [at, setAt] = useState(() => breakpointOf(window.innerWidth));
  const [width, setWidth] = useState(() => widthOf(column, at));
  const dragging = useRef(false);
  const outwards = column.name === 'left' ? 1 : -1;

  useEffect(() => {
    const onResize = () => {
      const now = breakpointOf(window.innerWidth);
      setAt(now);
      setWidth(widthOf(column, now));
    };
    window.addEventListener('resize', onResize);
    return () => window.removeEventListener('resize', onResize);
  }, [column]);

  useEffect(() => {
    document.documentElement.style.setProperty(column.property, `${String(width)}px`);
  }, [column, width]);

  const move = (to: number) => setWidth(keepWidth(column, at, to));
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowLeft' ? -STEP : event.key === 'ArrowRight' ? STEP : undefined;
    const end = event.key === 'Home' ? column.least : event.key === 'End' ? column.most : undefined;
    if (step === undefined && end === undefined) return;
    event.preventDefault();
    move(end ?? width + (step ?? 0) * outwards);
  };
  return (
    <div
      className={className}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={column.least}
      aria-valuemax={column.most}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        dragging.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (dragging.current) setWidth(clamped(column, (outwards === 1 ? event.clientX : window.innerWidth - event.clientX) - GAP));
      }}
      onPointerUp={() => {
        dragging.current = false;
        move(width);
      }}
      onPointerCancel={() => {
        dragging.current = false;
      }}
    />
  );
}
