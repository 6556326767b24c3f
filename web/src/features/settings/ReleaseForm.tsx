import { useState, type SubmitEvent } from 'react';
import { settingsWords } from '../../copy/settingsWords';
import { words } from '../../copy/words';
import { api } from '../../app/server';
import { useUiStore } from '../../stores/uiStore';
import type { Protection } from '../../transport/wire';
import { TextField } from '../session/TextField';
import { useSent } from './useSent';

/** The name has to be typed; the server checks it. */
export function ReleaseForm({ item, onDone, onKept }: { item: Protection; onDone: () => void; onKept: () => void }) {
  const [typed, setTyped] = useState('');
  const { busy, problem, send } = useSent(async () => {
    await api.remove(`api/protections/${encodeURIComponent(item.ref ?? '')}`, { typed });
    useUiStore.getState().addToast({ title: item.name, outcome: settingsWords.protection.released(item.name) });
    onDone();
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    send();
  };
  return (
    <form className="fields" noValidate onSubmit={submit}>
      <TextField label={settingsWords.protection.typed} name="release" autoComplete="off" autoFocus value={typed} hint={settingsWords.protection.releaseSure(item.name)} onChange={setTyped} />
      {problem && <p className="notice">{problem}</p>}
      <div className="send">
        <button type="submit" disabled={busy || typed === ''}>{busy ? words.session.busy : settingsWords.protection.release}</button>
        <button type="button" onClick={onKept}>{settingsWords.protection.keep}</button>
      </div>
    </form>
  );
}
