import { useId } from 'react';

interface TextFieldProps {
  label: string;
  type?: 'text' | 'password';
  name: string;
  autoComplete: string;
  value: string;
  hint?: string;
  fault?: string;
  autoFocus?: boolean;
  onChange: (value: string) => void;
}

export function TextField({ label, type = 'text', name, autoComplete, value, hint, fault, autoFocus, onChange }: TextFieldProps) {
  const id = useId();
  const below = fault ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={type}
        value={value}
        autoComplete={autoComplete}
        autoCapitalize="off"
        spellCheck={false}
        autoFocus={autoFocus}
        aria-invalid={fault !== undefined}
        aria-describedby={below === undefined ? undefined : `${id}-d`}
        onChange={(event) => onChange(event.target.value)}
      />
      {below !== undefined && <p id={`${id}-d`} className={fault ? 'fault' : 't3 s12'}>{below}</p>}
    </div>
  );
}
