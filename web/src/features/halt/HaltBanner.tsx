import { useState } from 'react';
import { words } from '../../copy/words';
import { resume } from '../../app/guardrails';
import { Plate } from '../../design/Plate';
import { useActivityStore } from '../../stores/activityStore';
import { useGuardrailsStore } from '../../stores/guardrailsStore';
import { HoldButton } from '../actions/HoldButton';

/** Everybody who is signed in sees that Jarvis is halted, and what that caught. */
export function HaltBanner() {
  const halted = useGuardrailsStore((state) => state.guardrails?.halted ?? false);
  const unsaved = useGuardrailsStore((state) => state.unsaved);
  const caught = useActivityStore((state) => [...state.actions.values()].filter((action) => action.state === 'RUNNING').length);
  const [sending, setSending] = useState(false);
  if (!halted) return null;
  const lift = async () => {
    setSending(true);
    await resume();
    setSending(false);
  };
  return (
    <div className="banner" data-banner="halted">
      <Plate kind="warning">{words.plate.halted}</Plate>
      <p>
        {words.halt.lead} <span className="t2">{words.halt.running(caught)}{unsaved && ` ${words.halt.unsaved}`}</span>
      </p>
      <span className="sp" />
      <HoldButton label={words.halt.resume} danger={false} disabled={sending} subject="resume" onHeld={() => void lift()} />
    </div>
  );
}
