import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { words } from '../../copy/words';
import { moveFocus, stepOf } from '../../a11y/roving';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { useSessionStore } from '../../stores/sessionStore';
import { useTerminalStore } from '../../stores/terminalStore';
import { useUiStore } from '../../stores/uiStore';
import type { Offer, Resource } from '../../transport/wire';
import { hasTerminal, offersVersion, targetName } from './targets';
import { MaintenanceEntry } from '../maintenance/MaintenanceEntry';
import { modeOf } from '../connection/troubles';
import { choose } from './choose';
import { isWrite, useOffers } from './useOffers';

const MARGIN = 8;
const WIDTH = 300;

function place(anchor: HTMLElement, height: number): { left: number; top: number } {
  const box = anchor.getBoundingClientRect();
  const below = box.bottom + 4;
  const top = below + height + MARGIN <= window.innerHeight ? below : Math.max(MARGIN, box.top - 4 - height);
  return { left: Math.max(MARGIN, Math.min(box.left, window.innerWidth - WIDTH - MARGIN)), top };
}

/** Everything that the catalogue offers on a resource, fetched when the menu opens. */
export function OpenMenu({ item, anchor }: { item: Resource; anchor: HTMLElement }) {
  const mode = useSessionStore((state) => modeOf(state.health));
  const offers = useOffers(item.ref, `${offersVersion(item)}|${mode}`);
  const live = useConnectionStore(isLive);
  const list = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(() => place(anchor, 200));
  const close = () => useUiStore.getState().showMenu(undefined);

  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    setAt(place(anchor, element.offsetHeight));
    if (!moveFocus(element, 'first')) element.focus();
  }, [anchor, offers.state]);

  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !list.current?.contains(event.target)) close();
    };
    document.addEventListener('pointerdown', outside, true);
    window.addEventListener('resize', close);
    return () => {
      document.removeEventListener('pointerdown', outside, true);
      window.removeEventListener('resize', close);
      if (anchor.isConnected) anchor.focus();
    };
  }, [anchor]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOf(event.key);
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      close();
    } else if (step !== undefined && list.current) {
      event.preventDefault();
      moveFocus(list.current, step);
    }
    event.stopPropagation();
  };

  const pick = (offer: Offer) => {
    if (!offer.available || !live) return;
    close();
    choose(offer, targetName(item));
  };
  const openTerminal = () => {
    if (!live) return;
    close();
    useTerminalStore.getState().ask({ ref: item.ref, name: targetName(item) });
  };
  const all = offers.state === 'ready' ? offers.offers : [];
  return (
    <div ref={list} className="menu" role="menu" aria-label={words.actions.menu(item.name)} tabIndex={-1} style={{ left: at.left, top: at.top, width: WIDTH }} onKeyDown={onKeyDown}>
      {offers.state === 'loading' && <p className="skeleton" role="presentation" />}
      {offers.state === 'failed' && <button type="button" role="menuitem" data-roving onClick={offers.retry}>{words.actions.failed(offers.why)} {words.actions.retry}</button>}
      {offers.state === 'ready' && all.length === 0 && <p className="t2 s12 pad" role="presentation">{words.actions.none}</p>}
      <Group label={words.actions.changes} offers={all.filter(isWrite)} live={live} pick={pick} />
      {hasTerminal(item) && (
        <div role="group" aria-label={words.terminal.title}>
          <p className="grp" role="presentation">{words.terminal.title}</p>
          <button type="button" role="menuitem" data-roving tabIndex={-1} aria-disabled={!live} onClick={openTerminal}>
            <span className="ti">{words.terminal.open}</span>
            <span className="tier">RED</span>
            <span className="de">{live ? words.terminal.openNote : words.link.refusal}</span>
          </button>
        </div>
      )}
      {item.kind === 'node' && <MaintenanceEntry node={item} live={live} close={close} />}
      <Group label={words.actions.observes} offers={all.filter((offer) => !isWrite(offer))} live={live} pick={pick} />
    </div>
  );
}

function Group({ label, offers, live, pick }: { label: string; offers: readonly Offer[]; live: boolean; pick: (offer: Offer) => void }) {
  if (offers.length === 0) return null;
  return (
    <div role="group" aria-label={label}>
      <p className="grp" role="presentation">{label}</p>
      {offers.map((offer, at) => {
        // Two entries of one tool have the same description; it is said once.
        const description = offers.findIndex((other) => other.tool === offer.tool) === at ? offer.description : undefined;
        const reason = live ? (offer.available ? undefined : offer.reason) : words.link.refusal;
        return (
          <button key={`${offer.tool} ${offer.title}`} type="button" role="menuitem" data-roving tabIndex={-1} aria-disabled={!offer.available || !live} onClick={() => pick(offer)}>
            <span className="ti">{offer.title}</span>
            <span className="tier">{offer.tier}</span>
            {(reason ?? description) && <span className="de">{reason ?? description}</span>}
          </button>
        );
      })}
    </div>
  );
}
