import { useState, type SubmitEvent } from 'react';
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
    if (guestNumber(text) === undefined) setFault(words.protection.notANumber);
    else send();
  };
  return (
    <form className="fields" noValidate onSubmit={submit}>
      <TextField
        label={words.protection.number}
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
        <button type="submit" disabled={busy || disabled}>{busy ? words.session.busy : words.protection.state}</button>
        <Confirmed label={words.protection.outside} question={words.protection.outsideSure} keep={words.protection.outsideKeep} of={cluster} stays disabled={disabled} act={() => state({ outside: true })} />
      </div>
    </form>
  );
}
