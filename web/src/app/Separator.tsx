import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { words } from '../copy/words';

const LEAST = 280;
const MOST = 640;
const STEP = 16;
const breakpoint = (): 'wide' | 'narrow' => (window.innerWidth >= 1_500 ? 'wide' : 'narrow');
const initial = { wide: 500, narrow: 356 };
const key = (at: 'wide' | 'narrow') => `jarvis.width.${at}`;

function remembered(at: 'wide' | 'narrow'): number {
  const width = Number(localStorage.getItem(key(at)) ?? Number.NaN);
  return Number.isFinite(width) && width >= LEAST && width <= MOST ? width : initial[at];
}

/** The edge of the left column: moved by drag or arrow keys, remembered per breakpoint. */
export function Separator() {
  const [at, setAt] = useState(breakpoint);
  const [width, setWidth] = useState(() => remembered(breakpoint()));
  const dragging = useRef(false);

  useEffect(() => {
    const onResize = () => {
      setAt(breakpoint());
      setWidth(remembered(breakpoint()));
    };
    window.addEventListener('resize', onResize);
    return () => window.removeEventListener('resize', onResize);
  }, []);

  useEffect(() => {
    document.documentElement.style.setProperty('--left', `${String(width)}px`);
  }, [width]);

  const move = (to: number) => {
    const next = Math.min(MOST, Math.max(LEAST, Math.round(to)));
    setWidth(next);
    localStorage.setItem(key(at), String(next));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowLeft' ? -STEP : event.key === 'ArrowRight' ? STEP : undefined;
    if (step === undefined) return;
    event.preventDefault();
    move(width + step);
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    dragging.current = true;
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  return (
    <div
      className="sep"
      role="separator"
      aria-orientation="vertical"
      aria-label={words.resize}
      aria-valuenow={width}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        if (dragging.current) move(event.clientX - 8);
      }}
      onPointerUp={() => {
        dragging.current = false;
      }}
    />
  );
}
