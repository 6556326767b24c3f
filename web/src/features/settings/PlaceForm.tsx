import { useState, type SubmitEvent } from 'react';
import { settingsWords } from '../../copy/settingsWords';
import { words } from '../../copy/words';
import { api } from '../../app/server';
import { whereabouts } from '../../transport/wire';
import { TextField } from '../session/TextField';
import { Confirmed } from './Confirmed';
import { guestNumber } from './guestNumber';
import { useSent } from './useSent';

/** A person states where Jarvis runs, where neither the configuration nor Jarvis itself knows. */
export function PlaceForm({ cluster, path, disabled, onDone }: { cluster: string; path: string; disabled: boolean; onDone: () => void }) {
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string>();
  const state = async (said: { guest: number } | { outside: true }) => {
    await api.put(path, said, whereabouts);
    onDone();
  };
  const { busy, problem, send } = useSent(() => state({ guest: guestNumber(text) ?? 0 }));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (guestNumber(text) === undefined) setFault(settingsWords.protection.notANumber);
    else send();
  };
  return (
    <form className="fields" noValidate onSubmit={submit}>
      <TextField
        label={settingsWords.protection.number}
        name={`place-${cluster}`}
        autoComplete="off"
        value={text}
        {...(fault === undefined ? {} : { fault })}
        onChange={(next) => {
          setText(next);
          setFault(undefined);
        }}
      />
      {problem && <p className="notice">{problem}</p>}
      <div className="send">
        <button type="submit" disabled={busy || disabled}>{busy ? words.session.busy : settingsWords.protection.state}</button>
        <Confirmed label={settingsWords.protection.outside} question={settingsWords.protection.outsideSure} keep={settingsWords.protection.outsideKeep} of={cluster} stays disabled={disabled} act={() => state({ outside: true })} />
      </div>
    </form>
  );
}
