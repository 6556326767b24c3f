import { useCallback, useEffect, useRef, useState } from 'react';
import { words } from '../../copy/words';
import { announceNow } from '../../a11y/announcer';
import { api } from '../../app/server';
import { ApiError } from '../../transport/api';
import { useApprovalsStore } from '../../stores/approvalsStore';
import { useClusterStore } from '../../stores/clusterStore';
import type { Action } from '../../transport/wire';
import { askAndApprove, preview, type GestureNotes, type Previewed, type Request } from './consentFlow';
import { report } from './start';

export type Shown = { state: 'loading' } | { state: 'failed'; why: string } | { state: 'ready'; previewed: Previewed; round: number };

const notes: GestureNotes = {
  begin: () => useApprovalsStore.getState().beginGesture(Date.now()),
  end: () => useApprovalsStore.getState().endGesture(),
  forget: (id) => useApprovalsStore.getState().forget(id),
};

/** The name to type is that of the target alone, without what the screen adds to it. */
export function typedNameOf(action: Action): string | undefined {
  return action.approval?.typedName ?? useClusterStore.getState().entities.get(action.targets?.[0] ?? '')?.name ?? action.targetNames?.[0];
}

/** Consent to the person's own request: consequences first, then effort, then it is asked and approved in one. */
export function useConsent(request: Request, title: string, onDone: () => void) {
  const [shown, setShown] = useState<Shown>({ state: 'loading' });
  const [notice, setNotice] = useState<string>();
  const [sending, setSending] = useState(false);
  const round = useRef(0);

  const look = useCallback(async () => {
    const mine = ++round.current;
    setShown({ state: 'loading' });
    try {
      const previewed = await preview(api, request);
      if (mine === round.current) setShown({ state: 'ready', previewed, round: mine });
    } catch (error) {
      if (mine === round.current) setShown({ state: 'failed', why: error instanceof ApiError ? error.message : words.session.unreachable });
    }
  }, [request]);

  useEffect(() => {
    void look();
    return () => {
      round.current += 1;
    };
  }, [look]);

  const consent = async (previewed: Previewed, typed: string | undefined) => {
    setSending(true);
    setNotice(undefined);
    try {
      const outcome = await askAndApprove(api, previewed, typed, notes);
      if (outcome.is === 'under-way') {
        onDone();
        report(outcome, title);
        return;
      }
      const said = outcome.is === 'plan-changed' ? words.actions.planChanged : outcome.reason;
      setNotice(said);
      announceNow(said);
      await look();
    } catch {
      setNotice(words.session.unreachable);
    } finally {
      setSending(false);
    }
  };
  return { shown, notice, sending, look, consent };
}
