import { useState } from 'react';
import { extensionWords } from '../../copy/extensionWords';
import { words } from '../../copy/words';
import { announceNow } from '../../a11y/announcer';
import { decideExtension } from '../../app/extensions';
import { ApiError } from '../../transport/api';
import { useUiStore } from '../../stores/uiStore';
import type { Extension } from '../../transport/wire';

export interface Decision {
  sending: boolean;
  /** Why the server did not take the decision. */
  notice: string | undefined;
  decide: (decision: 'approve' | 'reject', pinSigner?: boolean) => void;
}

/** One person's decision on one jar, and how it went: a toast where it was taken, words on the card where not. */
export function useDecision(extension: Extension): Decision {
  const [sending, setSending] = useState(false);
  const [notice, setNotice] = useState<string>();

  const send = async (decision: 'approve' | 'reject', pinSigner: boolean) => {
    setSending(true);
    setNotice(undefined);
    try {
      tell(extension.name, decision, await decideExtension(extension.id, decision, pinSigner));
    } catch (error) {
      const said = error instanceof ApiError ? error.message : words.session.unreachable;
      setNotice(said);
      announceNow(said);
    } finally {
      setSending(false);
    }
  };
  return { sending, notice, decide: (decision, pinSigner = false) => void send(decision, pinSigner) };
}

function tell(name: string, decision: 'approve' | 'reject', after: Extension): void {
  const went = after.state === (decision === 'approve' ? 'running' : 'rejected');
  const outcome = extensionWords.done[after.state];
  if (went) {
    useUiStore.getState().addToast({ title: name, outcome });
    return;
  }
  const failure = `${outcome} ${after.reason ?? ''}`.trim();
  useUiStore.getState().addToast({ title: name, failure });
  announceNow(`${name}: ${failure}`);
}
