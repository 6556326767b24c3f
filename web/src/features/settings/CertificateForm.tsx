import { useState, type SubmitEvent } from 'react';
import { announceNow } from '../../a11y/announcer';
import { api } from '../../app/server';
import { certificateWords as say } from '../../copy/certificateWords';
import { words } from '../../copy/words';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { useUiStore } from '../../stores/uiStore';
import { memberCertificate, type MemberCertificate } from '../../transport/careWire';
import { listOf } from '../../transport/wire';
import { TextField } from '../session/TextField';
import { useSent } from './useSent';

interface CertificateFormProps {
  certificate: MemberCertificate;
  /** The one that is shown beside this form, and no other. */
  fingerprint: string;
  path: string;
  onDecided: (certificates: readonly MemberCertificate[]) => void;
  onKept: () => void;
}

/** The address has to be typed; the server checks it, and asks the member once more what it shows. */
export function CertificateForm({ certificate, fingerprint, path, onDecided, onKept }: CertificateFormProps) {
  const { address, name } = certificate;
  const live = useConnectionStore(isLive);
  const [typed, setTyped] = useState('');
  const { busy, problem, send } = useSent(async () => {
    const { items } = await api.post(path, { decision: 'accept', address, fingerprint, typed }, listOf(memberCertificate));
    useUiStore.getState().addToast({ title: name, outcome: say.accepted(name) });
    announceNow(say.accepted(name));
    onDecided(items);
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (live && typed !== '') send();
  };
  return (
    <form className="fields" noValidate onSubmit={submit}>
      <TextField label={say.typed} name={`consent-${address}`} autoComplete="off" autoFocus value={typed} hint={say.sure(name)} onChange={setTyped} />
      {problem && <p className="notice" role="note">{problem}</p>}
      <div className="send">
        <button type="submit" className="risky" disabled={busy || !live || typed === ''}>{busy ? words.session.busy : say.accept}</button>
        <button type="button" onClick={onKept}>{say.keep}</button>
        {!live && <span className="t2 s12">{words.link.refusal}</span>}
      </div>
    </form>
  );
}
