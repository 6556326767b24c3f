import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { words } from '../../copy/words';
import { announceNow } from '../../a11y/announcer';
import { api } from '../../app/server';
import { ApiError } from '../../transport/api';
import { useApprovalsStore } from '../../stores/approvalsStore';
import { useClusterStore } from '../../stores/clusterStore';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { useUiStore, type Sheet as SheetState } from '../../stores/uiStore';
import type { Action } from '../../transport/wire';
import { Consequences } from './Consequences';
import { ConsentControls } from './ConsentControls';
import { askAndApprove, fingerprintOf, preview, type GestureNotes, type Previewed } from './consentFlow';
import { Sheet } from './Sheet';
import { report } from './start';

type Shown = { state: 'loading' } | { state: 'failed'; why: string } | { state: 'ready'; previewed: Previewed; round: number };

const notes: GestureNotes = {
  begin: () => useApprovalsStore.getState().beginGesture(Date.now()),
  end: () => useApprovalsStore.getState().endGesture(),
  forget: (id) => useApprovalsStore.getState().forget(id),
};

/** The name to type is that of the target alone, without what the screen adds to it. */
function plainName(action: Action): string | undefined {
  return useClusterStore.getState().entities.get(action.targets?.[0] ?? '')?.name;
}

/** Consent to the person's own request: consequences first, then effort, then it is asked and approved in one. */
export function ConsentSheet({ sheet }: { sheet: Extract<SheetState, { show: 'consent' }> }) {
  const { offer, arguments: args, targetName } = sheet;
  const close = () => useUiStore.getState().showSheet(undefined);
  const live = useConnectionStore(isLive);
  const [shown, setShown] = useState<Shown>({ state: 'loading' });
  const [notice, setNotice] = useState<string>();
  const [sending, setSending] = useState(false);
  const round = useRef(0);
  const impactId = useId();

  const look = useCallback(async () => {
    const mine = ++round.current;
    setShown({ state: 'loading' });
    try {
      const previewed = await preview(api, offer.tool, args);
      if (mine === round.current) setShown({ state: 'ready', previewed, round: mine });
    } catch (error) {
      if (mine === round.current) setShown({ state: 'failed', why: error instanceof ApiError ? error.message : words.session.unreachable });
    }
  }, [offer.tool, args]);

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
        close();
        report(outcome, offer.title);
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

  return (
    <Sheet title={offer.title} kicker={targetName} onClose={close}>
      {notice && <p className="notice" role="note">{notice}</p>}
      {shown.state === 'loading' && <p className="skeleton lines">{words.actions.previewing}</p>}
      {shown.state === 'failed' && (
        <p className="notice">
          {shown.why} <button type="button" onClick={() => void look()}>{words.actions.retry}</button>
        </p>
      )}
      {shown.state === 'ready' && (
        <>
          {shown.previewed.action.state === 'REFUSED' && <p className="kicker refused">{words.actions.refusedTitle}</p>}
          <Consequences action={shown.previewed.action} id={impactId} />
          <footer>
            {shown.previewed.action.state !== 'REFUSED' && (
              <ConsentControls
                consent={shown.previewed.action.consent === 'typed' || offer.consent === 'typed' ? 'typed' : 'hold'}
                typedName={shown.previewed.action.approval?.typedName ?? plainName(shown.previewed.action)}
                label={sending ? words.actions.asking : words.actions.holdToRun}
                danger={shown.previewed.action.impact?.undoable !== true}
                disabled={sending || !live}
                describedBy={impactId}
                subject={`${String(shown.round)} ${fingerprintOf(shown.previewed.action) ?? ''}`}
                onConsent={(typed) => void consent(shown.previewed, typed)}
              />
            )}
            <button type="button" className="quiet" onClick={close}>{words.actions.cancel}</button>
            {!live && <span className="t2 s12">{words.link.refusal}</span>}
          </footer>
        </>
      )}
    </Sheet>
  );
}
