import { memo, useEffect, useId, useRef } from 'react';
import { bytes, bytesOf, duration, UNKNOWN } from '../../copy/format';
import { shownName } from '../../copy/resourceWords';
import { statusWord, words } from '../../copy/words';
import { Bar } from '../../design/Bar';
import { deferred } from '../../design/deferred';
import { Glyph } from '../../design/Glyph';
import { Plate } from '../../design/Plate';
import { useClusterStore } from '../../stores/clusterStore';
import { useStale, type StaleView } from '../../stores/freshSelectors';
import { useMark } from '../../stores/problemsStore';
import { severityOf, shareOf, worse } from '../../stores/severity';
import { useUiStore } from '../../stores/uiStore';
import type { Resource } from '../../transport/wire';
import { ActionButtons } from '../actions/ActionButtons';
import { headOf } from '../problems/names';
import { ResourcePanels } from '../panels/Panels';
import { ResourceProblems } from '../problems/ResourceProblems';
import { staleAge } from '../nodes/NodeCard';
import { Guarded } from './Guarded';

const GuestTraces = deferred(() => import('./GuestSections').then((part) => part.GuestTraces));
const GuestSections = deferred(() => import('./GuestSections').then((part) => part.GuestSections));

interface GuestRowProps {
  guestRef: string;
  index: number;
  tabStop: boolean;
}

/** One guest; subscribes to its own entry only. */
export const GuestRow = memo(function GuestRow({ guestRef, index, tabStop }: GuestRowProps) {
  const guest = useClusterStore((state) => state.entities.get(guestRef));
  const open = useUiStore((state) => state.open.has(guestRef));
  const stale = useStale(guest);
  const mark = useMark(guestRef);
  const detailId = useId();
  if (!guest) return null;
  const glyph = stale.stale ? 'stale' : guest.action ? 'running' : worse(severityOf(guest), mark?.severity);
  const spoken = stale.stale ? words.glyph.stale : guest.action ? words.guests.busy : mark ? `${statusWord(guest.status)}, ${words.glyph[mark.severity]}: ${headOf(mark)}` : statusWord(guest.status);

  return (
    <div className={stale.stale ? 'stl' : undefined} data-ref={guestRef} data-stale={stale.stale}>
      <div role="row" aria-rowindex={index + 1} className={open ? 'gr sel' : 'gr'}>
        <span role="gridcell"><Glyph name={glyph} label={spoken} /></span>
        <span role="gridcell" className="m t3 c-vmid">{guest.vmid ?? UNKNOWN}</span>
        <span role="gridcell" className="c-name">
          <button type="button" className="nm" data-roving data-ref={guestRef} tabIndex={tabStop ? 0 : -1} aria-expanded={open} aria-controls={open ? detailId : undefined} onClick={() => useUiStore.getState().toggleOpen(guestRef)}>
            {shownName(guest.name)}
          </button>
          {guest.lock && <span className="tag">{guest.lock}</span>}
        </span>
        <Figures guest={guest} />
        <span role="gridcell" className="nd t3 s12">{guest.node ?? UNKNOWN}</span>
      </div>
      {open && (
        <div role="row" className="gx-row">
          <div role="gridcell" id={detailId} className="gx"><GuestDetail guest={guest} stale={stale} /></div>
        </div>
      )}
    </div>
  );
});

function Figures({ guest }: { guest: Resource }) {
  if (guest.template) return <StatusInstead text={words.guests.template} />;
  if (guest.status !== 'running') return <StatusInstead text={statusWord(guest.status)} />;
  const memory = shareOf(guest.memoryUsedBytes, guest.memoryTotalBytes);
  const figure = (share: number | undefined) => (share === undefined ? UNKNOWN : String(Math.round(share * 100)));
  return (
    <>
      <span role="gridcell" className="mini c-cpu"><Bar share={guest.cpu} /><span className="m v">{figure(guest.cpu)}</span></span>
      <span role="gridcell" className="mini c-memory"><Bar share={memory} /><span className="m v">{figure(memory)}</span></span>
    </>
  );
}

function StatusInstead({ text }: { text: string }) {
  return (
    <>
      <span role="gridcell" className="c-cpu t3 s12">{text}</span>
      <span role="gridcell" className="c-memory" />
    </>
  );
}

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

function GuestDetail({ guest, stale }: { guest: Resource; stale: StaleView }) {
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
