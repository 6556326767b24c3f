import { useState } from 'react';
import { words } from '../../copy/words';
import { signIn } from '../../app/session';
import { useSessionStore } from '../../stores/sessionStore';
import { TextField } from './TextField';
import { useSubmit } from './useSubmit';

export function LoginForm() {
  const known = useSessionStore((state) => state.username);
  const notice = useSessionStore((state) => state.notice);
  const [username, setUsername] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const { busy, problem, submit } = useSubmit();
  return (
    <form onSubmit={(event) => submit(event, () => signIn(username, password))} noValidate>
      <h1>{words.session.loginTitle}</h1>
      <p className="t2">{notice ?? words.session.loginLead}</p>
      <TextField label={words.session.username} name="username" autoComplete="username" value={username} onChange={setUsername} autoFocus={known === undefined} />
      <TextField label={words.session.password} name="password" type="password" autoComplete="current-password" value={password} onChange={setPassword} autoFocus={known !== undefined} />
      {problem && <p className="notice">{problem}</p>}
      <button type="submit" className="pri" disabled={busy || username === '' || password === ''}>
        {busy ? words.session.busy : words.session.signIn}
      </button>
    </form>
  );
}
