import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { words } from '../../copy/words';
import { Hold, type HoldPhase } from './hold';

interface HoldButtonProps {
  label: string;
  disabled: boolean;
  /** Danger is drawn as such; consent to something undoable is not. */
  danger: boolean;
  describedBy?: string;
  /** A new value asks anew, whatever had been held. */
  subject: string;
  onHeld: () => void;
}

const isHoldKey = (key: string) => key === 'Enter' || key === ' ';

export function HoldButton({ label, disabled, danger, describedBy, subject, onHeld }: HoldButtonProps) {
  const [phase, setPhase] = useState<HoldPhase>('idle');
  const onHeldNow = useRef(onHeld);
  const hold = useRef<Hold>(null);

  useEffect(() => {
    onHeldNow.current = onHeld;
  });
  useEffect(() => {
    const fresh = new Hold(setPhase, () => onHeldNow.current());
    hold.current = fresh;
    return () => fresh.cancel();
  }, [subject]);
  useEffect(() => {
    if (disabled) hold.current?.cancel();
  }, [disabled]);

  const press = () => {
    if (!disabled) hold.current?.press();
  };
  const release = () => hold.current?.release();
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isHoldKey(event.key)) return;
    event.preventDefault();
    if (!event.repeat) press();
  };
  const onKeyUp = (event: KeyboardEvent) => {
    if (!isHoldKey(event.key)) return;
    event.preventDefault();
    release();
  };
  // A click without a pointer comes from assistive technology, which cannot hold.
  const onClick = (event: MouseEvent) => {
    if (event.detail === 0 && !disabled) hold.current?.assistiveClick();
  };

  const spoken = phase === 'holding' ? words.actions.holding : phase === 'confirming' ? words.actions.confirm : label;
  return (
    <button
      type="button"
      className={danger ? 'hold danger' : 'hold'}
      data-phase={phase}
      aria-disabled={disabled}
      aria-describedby={describedBy}
      onPointerDown={(event) => {
        if (event.button === 0) press();
      }}
      onPointerUp={release}
      onPointerLeave={release}
      onPointerCancel={release}
      onContextMenu={(event) => event.preventDefault()}
      onBlur={release}
      onKeyDown={onKeyDown}
      onKeyUp={onKeyUp}
      onClick={onClick}
    >
      <i aria-hidden="true" />
      <span>{spoken}</span>
    </button>
  );
}
