import { useEffect, useRef } from 'react';
import { bytes, bytesOf, duration } from '../../copy/format';
import { statusWord, words } from '../../copy/words';
import { Plate } from '../../design/Plate';
import { staleAge, type StaleView } from '../../stores/freshSelectors';
import type { Resource } from '../../transport/wire';
import { ActionButtons } from '../actions/ActionButtons';
import { ResourcePanels } from '../panels/Panels';
import { ResourceProblems } from '../problems/ResourceProblems';
import { Guarded } from './Guarded';
import { GuestSections, GuestTraces } from './GuestSections';

/** What was just opened by hand is brought into view down to its actions, which come a moment after the rest. */
function useReveal() {
  const detail = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const shown = detail.current;
    if (!shown?.closest('[data-ref]')?.contains(document.activeElement)) return;
    const observer = new ResizeObserver(() => {
      for (const part of shown.querySelectorAll('.acts, .reasons')) part.scrollIntoView({ block: 'nearest' });
      if (shown.querySelector('.acts button') && !shown.querySelector('.skeleton')) observer.disconnect();
    });
    observer.observe(shown);
    return () => observer.disconnect();
  }, []);
  return detail;
}

/** All that is known of an open guest, and what can be done with it. */
export function GuestDetail({ guest, stale }: { guest: Resource; stale: StaleView }) {
  const reveal = useReveal();
  const rows: readonly (readonly [string, string | undefined])[] = [
    [words.guests.status, statusWord(guest.status)],
    [words.guests.type, guest.type === 'lxc' ? words.guests.container : words.guests.vm],
    [words.guests.memory, guest.memoryTotalBytes === undefined ? undefined : bytesOf(guest.memoryUsedBytes, guest.memoryTotalBytes)],
    [words.guests.nodeIs, guest.node],
    [words.guests.disk, guest.diskTotalBytes === undefined ? undefined : bytes(guest.diskTotalBytes)],
    [words.guests.uptime, guest.status === 'running' && guest.uptimeSeconds !== undefined ? duration(guest.uptimeSeconds) : undefined],
    [words.guests.ha, guest.haState],
    [words.guests.pool, guest.pool],
    [words.guests.lock, guest.lock],
    [words.guests.tags, guest.tags && guest.tags.length > 0 ? guest.tags.join(', ') : undefined],
  ];
  return (
    <div ref={reveal}>
      {stale.stale && (
        <p className="stale-line">
          <Plate kind="stale">{words.plate.stale(staleAge(stale))}</Plate>
          <span>{guest.reason ?? words.staleBecause[stale.because]}</span>
        </p>
      )}
      <ResourceProblems resource={guest.ref} />
      <dl className="det">
        {rows.map(([label, value]) => (value === undefined ? null : <div key={label} className={label === words.guests.tags ? 'wide' : undefined}><dt>{label}</dt><dd>{value}</dd></div>))}
      </dl>
      {guest.protected && <Guarded guestRef={guest.ref} />}
      {!guest.template && <GuestTraces guest={guest} />}
      <ResourcePanels resource={guest.ref} kind="guest" />
      <ActionButtons item={guest} />
      <GuestSections guest={guest} />
    </div>
  );
}
