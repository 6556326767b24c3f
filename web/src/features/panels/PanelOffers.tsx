import { useId } from 'react';
import { panelWords as words } from '../../copy/panelWords';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { offer as decidedOffer, type Offer } from '../../transport/wire';
import type { PanelOffer } from '../../transport/panelWire';
import { choose } from '../actions/choose';

/** As the catalogue would say it: under the tool's own title, whatever the extension calls it. */
function decided(told: PanelOffer): Offer | undefined {
  const parsed = decidedOffer.safeParse(told);
  return parsed.success ? parsed.data : undefined;
}

/** What an extension would have done: its words on the button, beside it what that does, its tier, or why not. */
export function PanelOffers({ offers, title, stale }: { offers: readonly PanelOffer[]; title: string; stale: boolean }) {
  return (
    <ul className="panel-offers">
      {offers.map((told, index) => <OneOffer key={index} told={told} panel={title} stale={stale} />)}
    </ul>
  );
}

function OneOffer({ told, panel, stale }: { told: PanelOffer; panel: string; stale: boolean }) {
  const live = useConnectionStore(isLive);
  const reasonId = useId();
  const offer = decided(told);
  const reason = !live ? words.offline : told.available === undefined ? words.undecided : told.available ? undefined : (told.reason ?? words.undecided);
  const off = reason !== undefined || offer === undefined || stale;
  return (
    <li>
      <button
        type="button"
        className={told.effect === 'destroys' ? 'risky' : undefined}
        aria-disabled={off}
        aria-describedby={reasonId}
        onClick={() => {
          if (!off) choose(offer, panel);
        }}
      >
        <bdi>{told.label}</bdi>
      </button>
      <span className="s12 t2" id={reasonId}>
        {told.tier && <span className="tag">{told.tier}</span>} {words.does(told.title ?? told.tool)}
        {reason !== undefined && <span className="t3"> {reason}</span>}
      </span>
    </li>
  );
}
