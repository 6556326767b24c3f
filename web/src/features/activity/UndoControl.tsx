import { useEffect, useRef, useState } from 'react';
import { serverNow } from '../../app/problems';
import { activityWords as say } from '../../copy/activityWords';
import { dayAndTime } from '../../copy/format';
import { words } from '../../copy/words';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import type { Action } from '../../transport/wire';
import { undo } from '../actions/start';
import { held, notHeld, released, secondsLeft } from './undoWindow';

/** Takes an action back: at once while it has just ended, later after a question, since much may have changed. */
export function UndoControl({ action }: { action: Action }) {
  const [hold, setHold] = useState(notHeld);
  const ended = Date.parse(action.endedAt ?? '');
  const left = useConnectionStore((state) => secondsLeft(ended, hold, state.now + state.offset));
  return left > 0 ? (
    <UndoNow
      action={action}
      left={left}
      hold={() => setHold((now) => held(now, serverNow()))}
      release={() => setHold((now) => released(now, serverNow()))}
    />
  ) : <Reverse action={action} />;
}

function UndoNow({ action, left, hold, release }: { action: Action; left: number; hold: () => void; release: () => void }) {
  const live = useConnectionStore(isLive);
  return (
    <button
      type="button"
      data-undo={left}
      aria-label={words.activity.undo}
      aria-disabled={!live}
      title={live ? say.undoTitle : words.link.refusal}
      onFocus={hold}
      onBlur={release}
      onPointerEnter={hold}
      onPointerLeave={release}
      onClick={() => {
        if (live) void undo(action);
      }}
    >
      {say.undoIn(left)}
    </button>
  );
}

function Reverse({ action }: { action: Action }) {
  const live = useConnectionStore(isLive);
  const [asking, setAsking] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const harmless = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    if (asking) harmless.current?.focus();
    else if (wasAsking.current) opener.current?.focus();
    wasAsking.current = asking;
  }, [asking]);
  const title = action.title ?? action.tool;
  if (!asking) return <button ref={opener} type="button" data-reverse="" aria-disabled={!live} title={live ? undefined : words.link.refusal} onClick={() => setAsking(live)}>{say.reverse}</button>;
  const question = say.reverseSure(title, dayAndTime(Date.parse(action.endedAt ?? '') || 0));
  return (
    <div
      className="reverse"
      role="group"
      aria-label={question}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        setAsking(false);
      }}
    >
      <span className="s12"><bdi>{question}</bdi></span>
      <button
        type="button"
        aria-disabled={!live}
        onClick={() => {
          if (!live) return;
          setAsking(false);
          void undo(action);
        }}
      >
        {say.reverseNow}
      </button>
      <button ref={harmless} type="button" onClick={() => setAsking(false)}>{say.keep}</button>
    </div>
  );
}
