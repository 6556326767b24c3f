import { useId, useState } from 'react';
import { words } from '../../copy/words';
import { HoldButton } from './HoldButton';

interface ConsentControlsProps {
  consent: 'hold' | 'typed';
  typedName: string | undefined;
  label: string;
  danger: boolean;
  disabled: boolean;
  describedBy?: string;
  /** Whatever the consent binds to; when it changes, effort so far is void. */
  subject: string;
  onConsent: (typed: string | undefined) => void;
}

/** The effort that consent costs: holding, or typing the target's name. */
export function ConsentControls(props: ConsentControlsProps) {
  return props.consent === 'hold' ? (
    <HoldButton label={props.label} disabled={props.disabled} danger={props.danger} describedBy={props.describedBy} subject={props.subject} onHeld={() => props.onConsent(undefined)} />
  ) : (
    <TypedName key={props.subject} {...props} />
  );
}

function TypedName({ typedName, disabled, describedBy, onConsent }: ConsentControlsProps) {
  const [typed, setTyped] = useState('');
  const hint = useId();
  const ready = typedName !== undefined && typed === typedName && !disabled;
  return (
    <form
      className="typed"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onConsent(typed);
      }}
    >
      <label id={hint} className="grow">
        <span>{words.actions.typeName(typedName ?? '')}</span>
        <input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" autoCapitalize="off" spellCheck={false} aria-describedby={describedBy} />
      </label>
      <button type="submit" className="danger" disabled={!ready}>
        {words.actions.run}
      </button>
    </form>
  );
}
