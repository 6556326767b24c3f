import { useId, useMemo } from 'react';
import { words } from '../../copy/words';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { useUiStore, type Sheet as SheetState } from '../../stores/uiStore';
import { Consequences } from './Consequences';
import { ConsentControls } from './ConsentControls';
import { fingerprintOf, toolRequest } from './consentFlow';
import { Sheet } from './Sheet';
import { typedNameOf, useConsent } from './useConsent';

/** Consent to the person's own request for a tool, over the page. */
export function ConsentSheet({ sheet }: { sheet: Extract<SheetState, { show: 'consent' }> }) {
  const { offer, arguments: args, targetName } = sheet;
  const close = () => useUiStore.getState().showSheet(undefined);
  const live = useConnectionStore(isLive);
  const request = useMemo(() => toolRequest(offer.tool, args), [offer.tool, args]);
  const { shown, notice, sending, look, consent } = useConsent(request, offer.title, close);
  const impactId = useId();

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
                typedName={typedNameOf(shown.previewed.action)}
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
