import { useState, type SubmitEvent } from 'react';
import { settingsWords } from '../../copy/settingsWords';
import { words } from '../../copy/words';
import { announceNow, announcePolitely } from '../../a11y/announcer';
import { api } from '../../app/server';
import { checkSession } from '../../app/session';
import { ApiError } from '../../transport/api';
import { nothing } from '../../transport/wire';
import { TextField } from '../session/TextField';
import { useFaultFocus } from './useFaultFocus';
import { faultsOf, refusedField, type PasswordEntry, type PasswordFaults } from './passwordRules';

const empty: PasswordEntry = { current: '', next: '', repeat: '' };

function said(error: unknown): string {
  if (!(error instanceof ApiError)) return words.session.unreachable;
  return error.retryAfterSeconds === undefined ? error.message : words.session.wait(error.retryAfterSeconds);
}

export function PasswordForm({ username, onChanged }: { username: string; onChanged: () => void }) {
  const [entry, setEntry] = useState(empty);
  const [faults, setFaults] = useState<PasswordFaults>({});
  const [problem, setProblem] = useState<string>();
  const [changed, setChanged] = useState(false);
  const [busy, setBusy] = useState(false);

  const { form, refused } = useFaultFocus();
  const edit = (field: keyof PasswordEntry) => (value: string) => {
    setEntry({ ...entry, [field]: value });
    setFaults({ ...faults, [field]: undefined });
    setChanged(false);
  };
  const refuse = (found: PasswordFaults, otherwise: string) => {
    const named = Object.values(found);
    setFaults(found);
    setProblem(named.length > 0 ? undefined : otherwise);
    refused();
    announceNow(named.length > 0 ? named.join(' ') : otherwise);
  };
  const send = async () => {
    setBusy(true);
    try {
      await api.post('api/auth/password', { current: entry.current, new: entry.next }, nothing);
      setEntry(empty);
      setChanged(true);
      announcePolitely(settingsWords.account.changed);
      // The write token may be another one now.
      await checkSession();
      onChanged();
    } catch (error) {
      refuse(refusedField(error), said(error));
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    setProblem(undefined);
    const found = faultsOf(entry, username);
    if (Object.keys(found).length > 0) refuse(found, '');
    else void send();
  };

  return (
    <section>
      <h3>{settingsWords.account.password}</h3>
      <form ref={form} className="fields" noValidate onSubmit={submit}>
        {/* For password managers: whose password this is. */}
        <input className="sr" type="text" name="username" autoComplete="username" value={username} readOnly tabIndex={-1} aria-hidden="true" />
        <TextField label={settingsWords.account.current} name="current" type="password" autoComplete="current-password" value={entry.current} onChange={edit('current')} fault={faults.current} />
        <TextField label={settingsWords.account.next} name="new" type="password" autoComplete="new-password" value={entry.next} onChange={edit('next')} hint={settingsWords.account.rule} fault={faults.next} />
        <TextField label={settingsWords.account.repeat} name="repeat" type="password" autoComplete="new-password" value={entry.repeat} onChange={edit('repeat')} fault={faults.repeat} />
        {problem && <p className="notice">{problem}</p>}
        {changed && <p className="notice" data-changed="">{settingsWords.account.changed}</p>}
        <div className="send">
          <button type="submit" className="pri" disabled={busy}>{busy ? words.session.busy : settingsWords.account.change}</button>
          <span className="t2 s12">{settingsWords.account.consequence}</span>
        </div>
      </form>
    </section>
  );
}
