import { useState } from 'react';
import { announceNow } from '../../a11y/announcer';
import { words } from '../../copy/words';
import { ApiError } from '../../transport/api';

export interface Sent {
  busy: boolean;
  /** Why the server did not take it. */
  problem: string | undefined;
  send: () => void;
}

/** Sends something once at a time; a refusal is shown and said. */
export function useSent(act: () => Promise<void>): Sent {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const run = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await act();
    } catch (error) {
      const said = error instanceof ApiError ? error.message : words.session.unreachable;
      setProblem(said);
      announceNow(said);
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, send: () => void (busy ? undefined : run()) };
}
