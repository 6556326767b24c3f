import { useEffect, useId, useState } from 'react';
import { announceNow } from '../../a11y/announcer';
import { api } from '../../app/server';
import { terminalWords } from '../../copy/terminalWords';
import { words } from '../../copy/words';
import { useClusterStore } from '../../stores/clusterStore';
import { useSessionStore } from '../../stores/sessionStore';
import { useTerminalStore } from '../../stores/terminalStore';
import { ApiError } from '../../transport/api';
import { openedTerminal, terminalList, type Terms } from '../../transport/terminalWire';
import { HoldButton } from '../actions/HoldButton';
import { Sheet } from '../actions/Sheet';
import { TextField } from '../session/TextField';

const say = terminalWords.open;
const store = () => useTerminalStore.getState();

function saidBy(error: unknown): string {
  if (!(error instanceof ApiError)) return words.session.unreachable;
  return error.retryAfterSeconds === undefined ? error.message : say.wait(error.retryAfterSeconds);
}

/** What a terminal is, and the person's password, before one is opened. */
export function OpenSheet({ subject }: { subject: { ref: string; name: string } }) {
  const username = useSessionStore((state) => state.username);
  const [terms, setTerms] = useState<Terms>();
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [attempt, setAttempt] = useState(0);
  const item = useClusterStore((state) => state.entities.get(subject.ref));
  const lead = useId();
  const close = () => store().ask(undefined);

  useEffect(() => {
    const leaving = new AbortController();
    api.get('api/terminals', terminalList, leaving.signal).then(
      (list) => setTerms(list.terms),
      (error: unknown) => {
        if (!leaving.signal.aborted) setProblem(saidBy(error));
      },
    );
    return () => leaving.abort();
  }, []);

  const refuse = (message: string) => {
    setProblem(message);
    setAttempt((n) => n + 1);
    announceNow(message);
  };
  const open = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const opened = await api.post('api/terminals', { ref: subject.ref, ...(terms?.password ? { password } : {}) }, openedTerminal);
      if (opened.terminal) store().add(opened.terminal, opened.terminal.secret);
      else refuse(say.failed(opened.action.error?.message ?? opened.action.state));
    } catch (error) {
      refuse(saidBy(error));
    } finally {
      setBusy(false);
      setPassword('');
    }
  };
  const ready = terms !== undefined && !busy && (!terms.password || password !== '');
  return (
    <Sheet title={say.title} kicker={say.on(subject.name)} sticky onClose={close}>
      {item && <p>{say.gets[item.kind !== 'guest' ? 'node' : item.type === 'lxc' ? 'container' : 'vm']}</p>}
      <p id={lead}>{say.free}</p>
      {terms && <p className="t2">{terms.recorded ? say.recorded : say.unrecorded} {say.ends(terms.idleMinutes)}</p>}
      {terms?.password && (
        <form className="fields" onSubmit={(event) => event.preventDefault()}>
          <input className="sr" type="text" name="username" autoComplete="username" value={username ?? ''} readOnly tabIndex={-1} aria-hidden="true" />
          <TextField label={say.password} name="password" type="password" autoComplete="current-password" value={password} onChange={setPassword} autoFocus />
        </form>
      )}
      {problem && <p className="notice">{problem}</p>}
      <footer>
        <HoldButton label={busy ? say.opening : say.hold} disabled={!ready} danger describedBy={lead} subject={`${subject.ref} ${String(attempt)}`} onHeld={() => void open()} />
        <button type="button" className="quiet" onClick={close}>{say.cancel}</button>
      </footer>
    </Sheet>
  );
}
