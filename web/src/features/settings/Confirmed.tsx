import { useEffect, useRef, useState } from 'react';
import { words } from '../../copy/words';
import { announceNow } from '../../a11y/announcer';
import { ApiError } from '../../transport/api';

interface ConfirmedProps {
  label: string;
  /** The question, with what follows from a yes. */
  question: string;
  /** Told to assistive technology with the button: which of many it is. */
  of: string;
  keep?: string;
  disabled?: boolean;
  /** Whether the line stays in the list when it is done. */
  stays?: boolean;
  act: () => Promise<void>;
}

/** A line that leaves passes focus to its neighbour, one that stays to what is left in it. */
function passFocus(from: HTMLElement | null, stays: boolean): void {
  const line = from?.closest('li');
  const neighbour = line?.nextElementSibling ?? line?.previousElementSibling;
  const target = stays ? line?.querySelector<HTMLElement>('summary') : neighbour?.querySelector<HTMLElement>('button');
  (target ?? from?.closest<HTMLElement>('[role=tabpanel]'))?.focus();
}

/** A button that asks once more where it stands; focus goes to the harmless answer and back. */
export function Confirmed({ label, question, of, keep = words.settings.keep, disabled = false, stays = false, act }: ConfirmedProps) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const first = useRef<HTMLButtonElement>(null);
  const harmless = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);

  useEffect(() => {
    if (asking) harmless.current?.focus();
    else if (wasAsking.current) first.current?.focus();
    wasAsking.current = asking;
  }, [asking]);

  const run = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await act();
      passFocus(harmless.current, stays);
      wasAsking.current = false;
      setAsking(false);
    } catch (error) {
      const said = error instanceof ApiError ? error.message : words.session.unreachable;
      setProblem(said);
      announceNow(said);
    } finally {
      setBusy(false);
    }
  };
  if (!asking) return <button ref={first} type="button" aria-label={`${label}: ${of}`} disabled={disabled} onClick={() => setAsking(true)}>{label}</button>;
  return (
    <div
      className="sure"
      role="group"
      aria-label={question}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // The question closes, not the sheet that it stands in.
        event.preventDefault();
        event.stopPropagation();
        setAsking(false);
      }}
    >
      <span>{problem ?? question}</span>
      <button type="button" className="risky" disabled={busy} onClick={() => void run()}>{busy ? words.session.busy : label}</button>
      <button ref={harmless} type="button" onClick={() => setAsking(false)}>{keep}</button>
    </div>
  );
}
