import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { terminalWords } from '../../copy/terminalWords';

const LEAST = 360;
const MOST = 1_200;
const USUAL = 560;
const STEP = 16;
const KEY = 'jarvis.width.terminal';

function remembered(): number {
  const width = Number(localStorage.getItem(KEY) ?? Number.NaN);
  return width >= LEAST && width <= MOST ? width : USUAL;
}

/** The edge of the terminals: moved by drag or arrow keys, remembered on this device. */
export function DockEdge() {
  const [width, setWidth] = useState(remembered);
  const dragging = useRef(false);

  useEffect(() => {
    document.documentElement.style.setProperty('--term', `${String(width)}px`);
  }, [width]);

  const move = (to: number) => {
    const next = Math.min(MOST, Math.max(LEAST, Math.round(to)));
    setWidth(next);
    localStorage.setItem(KEY, String(next));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowLeft' ? STEP : event.key === 'ArrowRight' ? -STEP : undefined;
    if (step === undefined) return;
    event.preventDefault();
    move(width + step);
  };
  return (
    <div
      className="term-edge"
      role="separator"
      aria-orientation="vertical"
      aria-label={terminalWords.resize}
      aria-valuenow={width}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        dragging.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (dragging.current) move(window.innerWidth - event.clientX - 8);
      }}
      onPointerUp={() => {
        dragging.current = false;
      }}
    />
  );
}
