import { useId, useState, type SubmitEvent } from 'react';
import { settingsWords } from '../../copy/settingsWords';
import { words } from '../../copy/words';
import { announceNow } from '../../a11y/announcer';
import { api } from '../../app/server';
import { ApiError } from '../../transport/api';
import { madeToken, type MadeToken } from '../../transport/wire';
import { useConnectionStore } from '../../stores/connectionStore';
import { TextField } from '../session/TextField';
import { useFaultFocus } from './useFaultFocus';
import { audiences, lives, requestOf, scopes, wishFaults, type Audience, type Life, type Scope, type TokenFaults, type TokenWish } from './tokenRequest';

const initial: TokenWish = { name: '', scopes: new Set<Scope>(['read']), audience: 'api', life: '90' };

function refusalOf(error: unknown): { faults: TokenFaults; problem?: string } {
  if (!(error instanceof ApiError)) return { faults: {}, problem: words.session.unreachable };
  const faults: TokenFaults = {};
  for (const field of ['name', 'scopes', 'expiresAt'] as const) {
    const fault = error.fieldErrors.get(field);
    if (fault !== undefined) faults[field] = fault;
  }
  return Object.keys(faults).length > 0 ? { faults } : { faults, problem: error.message };
}

export function TokenForm({ onMade, autoFocus }: { onMade: (token: MadeToken) => void; autoFocus: boolean }) {
  const [wish, setWish] = useState(initial);
  const [faults, setFaults] = useState<TokenFaults>({});
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const { form, refused } = useFaultFocus();
  const endsId = useId();
  const audienceId = useId();
  const scopesId = useId();

  const send = async () => {
    setBusy(true);
    try {
      const { offset } = useConnectionStore.getState();
      onMade(await api.post('api/auth/tokens', requestOf(wish, Date.now() + offset), madeToken));
    } catch (error) {
      const refusal = refusalOf(error);
      setFaults(refusal.faults);
      setProblem(refusal.problem);
      refused();
      announceNow(refusal.problem ?? Object.values(refusal.faults).join(' '));
      setBusy(false);
    }
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    const found = wishFaults(wish);
    setFaults(found);
    setProblem(undefined);
    if (Object.keys(found).length === 0) void send();
    else {
      refused();
      announceNow(Object.values(found).join(' '));
    }
  };
  const toggle = (scope: Scope) => {
    const chosen = new Set(wish.scopes);
    if (!chosen.delete(scope)) chosen.add(scope);
    setWish({ ...wish, scopes: chosen });
    setFaults({ ...faults, scopes: undefined });
  };

  return (
    <section>
      <h3>{settingsWords.tokens.make}</h3>
      <form ref={form} className="fields" noValidate onSubmit={submit}>
        <TextField
          label={settingsWords.tokens.name}
          name="token-name"
          autoComplete="off"
          autoFocus={autoFocus}
          value={wish.name}
          hint={settingsWords.tokens.nameHint}
          fault={faults.name}
          onChange={(name) => {
            setWish({ ...wish, name });
            setFaults({ ...faults, name: undefined });
          }}
        />
        <fieldset aria-describedby={faults.scopes ? scopesId : undefined}>
          <legend>{settingsWords.tokens.scopes}</legend>
          {scopes.map((scope) => (
            <label key={scope} className="check">
              <input type="checkbox" checked={wish.scopes.has(scope)} onChange={() => toggle(scope)} />
              <span><b>{scope}</b> <span className="t2">{settingsWords.tokens.scope[scope]}</span></span>
            </label>
          ))}
          {faults.scopes && <p id={scopesId} className="fault">{faults.scopes}</p>}
        </fieldset>
        <div className="field">
          <label htmlFor={audienceId}>{settingsWords.tokens.audience}</label>
          <select id={audienceId} value={wish.audience} onChange={(event) => setWish({ ...wish, audience: event.target.value as Audience })}>
            {audiences.map((audience) => <option key={audience} value={audience}>{settingsWords.tokens.audiences[audience]}</option>)}
          </select>
        </div>
        <div className="field">
          <label htmlFor={endsId}>{settingsWords.tokens.expires}</label>
          <select id={endsId} value={wish.life} onChange={(event) => setWish({ ...wish, life: event.target.value as Life })}>
            {lives.map((life) => <option key={life} value={life}>{settingsWords.tokens.lives[life]}</option>)}
          </select>
          {faults.expiresAt && <p className="fault">{faults.expiresAt}</p>}
        </div>
        {problem && <p className="notice">{problem}</p>}
        <div className="send">
          <button type="submit" className="pri" disabled={busy}>{busy ? words.session.busy : settingsWords.tokens.create}</button>
          <span className="t2 s12">{settingsWords.tokens.person}</span>
        </div>
      </form>
    </section>
  );
}
