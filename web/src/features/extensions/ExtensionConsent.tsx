import { useState } from 'react';
import { extensionWords } from '../../copy/extensionWords';
import { words } from '../../copy/words';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import type { Extension } from '../../transport/wire';
import { HoldButton } from '../actions/HoldButton';
import { useDecision } from './useDecision';

interface ExtensionConsentProps {
  extension: Extension;
  /** Too new on the screen to take input. */
  deaf?: boolean;
  label: string;
  /** Whether there is something to refuse. */
  rejectable: boolean;
  describedBy?: string;
}

/** The effort that it costs to let a stranger's code run, and the way to refuse it. */
export function ExtensionConsent({ extension, deaf = false, label, rejectable, describedBy }: ExtensionConsentProps) {
  const live = useConnectionStore(isLive);
  const [pin, setPin] = useState(false);
  const { sending, notice, decide } = useDecision(extension);
  const off = sending || !live || deaf;
  return (
    <>
      <p className="authority">{extensionWords.warning}</p>
      {notice && <p className="notice" role="note">{notice}</p>}
      {extension.signer && (
        <label className="check">
          <input type="checkbox" checked={pin} disabled={off} onChange={(event) => setPin(event.target.checked)} />
          <span>{extensionWords.pin}</span>
        </label>
      )}
      <footer className="acts">
        <HoldButton label={sending ? words.actions.asking : label} disabled={off} danger describedBy={describedBy} subject={`${extension.id} ${String(pin)} ${notice ?? ''}`} onHeld={() => decide('approve', pin)} />
        {rejectable && (
          <button
            type="button"
            aria-disabled={off}
            onClick={() => {
              if (!off) decide('reject');
            }}
          >
            {extensionWords.reject}
          </button>
        )}
        {!live && <span className="t2 s12">{words.link.refusal}</span>}
      </footer>
    </>
  );
}
