import { useId } from 'react';
import { words } from '../../copy/words';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { useSessionStore } from '../../stores/sessionStore';
import { useUiStore } from '../../stores/uiStore';
import type { Resource } from '../../transport/wire';
import { modeOf } from '../connection/troubles';
import { askAboutResource } from '../chat/ask';
import { AskButton } from '../chat/AskButton';
import { choose } from './choose';
import { hasTerminal, offersVersion, targetName } from './targets';
import { isWrite, useOffers } from './useOffers';

/** The writing tools of a resource as buttons; refused ones stay, with their reason beneath. Asking about it is possible whatever they are. */
export function ActionButtons({ item }: { item: Resource }) {
  const mode = useSessionStore((state) => modeOf(state.health));
  const offers = useOffers(item.ref, `${offersVersion(item)}|${mode}`);
  const live = useConnectionStore(isLive);
  const reasonsId = useId();

  if (offers.state === 'loading') return <p className="skeleton" aria-label={words.actions.loading} />;
  if (offers.state === 'failed') {
    return (
      <div className="acts">
        <span className="t2 s12">{words.actions.failed(offers.why)}</span>
        <button type="button" onClick={offers.retry}>{words.actions.retry}</button>
        <AskButton name={item.name} onAsk={() => askAboutResource(item)} />
      </div>
    );
  }
  const writes = offers.offers.filter(isWrite);
  const reasons = [...new Set(writes.flatMap((offer) => (offer.available || !offer.reason ? [] : [offer.reason])))];
  const spoken = live ? reasons : [words.link.refusal, ...reasons];
  return (
    <>
      <div className="acts">
        {writes.map((offer) => {
          const off = !offer.available || !live;
          return (
            <button
              key={`${offer.tool} ${offer.title}`}
              type="button"
              className={offer.effect === 'destroys' ? 'risky' : undefined}
              aria-disabled={off}
              aria-describedby={off ? reasonsId : undefined}
              title={off ? (live ? (offer.reason ?? undefined) : words.link.refusal) : (offer.description ?? undefined)}
              onClick={() => {
                if (!off) choose(offer, targetName(item));
              }}
            >
              {offer.title}
            </button>
          );
        })}
        {writes.length === 0 && offers.offers.length === 0 && !hasTerminal(item) && <span className="t3 s12">{words.actions.none}</span>}
        <AskButton name={item.name} onAsk={() => askAboutResource(item)} />
        {(offers.offers.length > 0 || hasTerminal(item)) && (
          <button
            type="button"
            className="dots"
            aria-label={words.actions.menu(item.name)}
            aria-haspopup="menu"
            onClick={(event) => useUiStore.getState().showMenu({ ref: item.ref, anchor: event.currentTarget })}
          >
            ⋯
          </button>
        )}
      </div>
      {spoken.length > 0 && (
        <p className="reasons" id={reasonsId}>{spoken.join(' ')}</p>
      )}
    </>
  );
}
