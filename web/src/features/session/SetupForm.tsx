import { useState } from 'react';
import { words } from '../../copy/words';
import { setUp } from '../../app/session';
import { TextField } from './TextField';
import { useSubmit } from './useSubmit';

const SHORTEST_PASSWORD = 12;

/** First run: the one-time token from the console proves that this person started Jarvis. */
export function SetupForm() {
  const [token, setToken] = useState('');
  const [username, setUsername] = useState('admin');
  const [password, setPassword] = useState('');
  const [repeat, setRepeat] = useState('');
  const [tried, setTried] = useState(false);
  const { busy, problem, fieldFaults, edited, submit } = useSubmit();
  const editing = (field: string, set: (value: string) => void) => (value: string) => {
    edited(field);
    set(value);
  };

  const needed = (value: string) => (tried && value.trim() === '' ? words.session.required : undefined);
  const shortFault = tried && password.length < SHORTEST_PASSWORD ? words.session.tooShort : undefined;
  const repeatFault = tried && repeat !== password ? words.session.mismatch : undefined;
  const fits = token.trim() !== '' && username.trim() !== '' && password.length >= SHORTEST_PASSWORD && repeat === password;

  return (
    <form
      noValidate
      onSubmit={(event) => {
        setTried(true);
        if (fits) submit(event, () => setUp(token.trim(), username.trim(), password));
        else event.preventDefault();
      }}
    >
      <h1>{words.session.setupTitle}</h1>
      <p className="t2">{words.session.setupLead}</p>
      <TextField label={words.session.token} name="token" autoComplete="one-time-code" value={token} onChange={editing('token', setToken)} fault={fieldFaults.get('token') ?? needed(token)} autoFocus />
      <TextField label={words.session.username} name="username" autoComplete="username" value={username} onChange={editing('username', setUsername)} fault={fieldFaults.get('username') ?? needed(username)} />
      <TextField label={words.session.password} name="password" type="password" autoComplete="new-password" value={password} onChange={editing('password', setPassword)} hint={words.session.passwordHint} fault={fieldFaults.get('password') ?? shortFault} />
      <TextField label={words.session.repeat} name="repeat" type="password" autoComplete="new-password" value={repeat} onChange={setRepeat} fault={repeatFault} />
      {problem && <p className="notice">{problem}</p>}
      <button type="submit" className="pri" disabled={busy}>{busy ? words.session.busy : words.session.create}</button>
    </form>
  );
}
