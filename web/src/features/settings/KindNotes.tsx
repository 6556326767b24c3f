import { useId } from 'react';
import { dateAndTime } from '../../copy/format';
import { thresholdWords as say } from '../../copy/thresholdWords';
import { CopyText } from '../../design/CopyText';
import type { KindSetting, ProblemKind } from '../../transport/careWire';
import { timeOf, usualOf } from './kindLines';

/** What a change would make less watchful, said before it is saved. */
export function KindNotes({ kind, changes }: { kind: ProblemKind; changes: Record<string, string | null> }) {
  const next = (key: string) => (key in changes ? (changes[key] ?? usualOf(kind, key)) : undefined);
  const after = next('after');
  const seconds = after === undefined ? undefined : timeOf(after);
  const notes = [
    ...(next('enabled') === 'false' ? [say.switchesOff] : []),
    ...(seconds !== undefined && seconds > kind.now.after ? [say.later(`${String(kind.now.after)}s`, after ?? '')] : []),
  ];
  return (
    <div role="status" className="kind-notes">
      {notes.map((note) => <p key={note} className="notice" data-looser="">{note}</p>)}
    </div>
  );
}

/** Who set which value, and where it does not count. */
export function WhoSetIt({ kind }: { kind: ProblemKind }) {
  if (kind.settings.length === 0) return null;
  return (
    <ul className="members s12 t2" aria-label={say.setBy}>
      {kind.settings.map((one) => (
        <li key={`${one.source} ${one.key}`} data-set={one.key} data-source={one.source}>
          <span className="m">{one.key}</span>
          <span>{said(one)}{!one.counts && `; ${one.source === 'person' && isNamed(kind, one.key) ? say.idle : say.wrongNow}`}</span>
        </li>
      ))}
    </ul>
  );
}

function said({ value, source, by, at }: KindSetting): string {
  return source === 'file' ? say.byFile(value) : say.bySomebody(value, by ?? '', dateAndTime(Date.parse(at ?? '')));
}

function isNamed(kind: ProblemKind, key: string): boolean {
  return kind.settings.some((one) => one.source === 'file' && one.key === key);
}

/** For those who keep their files elsewhere: what is shown, as the file says it. */
export function Lines({ text }: { text: string }) {
  return (
    <details data-lines="">
      <summary>{say.linesFor}</summary>
      {text === '' ? <p className="t3 s12">{say.unchanged}</p> : <CopyText what={say.lines} text={text} />}
    </details>
  );
}

interface SettingProps {
  label: string;
  value: string;
  /** The file names it, so it is only shown. */
  named: boolean;
  wrong: string | undefined;
  hint: string;
  onChange: (value: string) => void;
}

export function Setting({ label, value, named, wrong, hint, onChange }: SettingProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} inputMode="decimal" value={value} readOnly={named} autoComplete="off" aria-invalid={wrong !== undefined} aria-describedby={`${id}-d`} onChange={(event) => onChange(event.target.value)} />
      <p id={`${id}-d`} className={wrong ? 'fault' : 't3 s12'}>{wrong ?? hint}</p>
    </div>
  );
}
