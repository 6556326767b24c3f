import { memo, useId } from 'react';
import { UNKNOWN } from '../../copy/format';
import { shownName } from '../../copy/partWords';
import { statusWord, words } from '../../copy/words';
import { Bar } from '../../design/Bar';
import { deferred } from '../../design/deferred';
import { Glyph } from '../../design/Glyph';
import { useClusterStore } from '../../stores/clusterStore';
import { useStale } from '../../stores/freshSelectors';
import { useMark } from '../../stores/problemsStore';
import { severityOf, shareOf, worse } from '../../stores/severity';
import { useUiStore } from '../../stores/uiStore';
import type { Resource } from '../../transport/wire';
import { headOf } from '../problems/names';

const GuestDetail = deferred(() => import('./GuestDetail').then((part) => part.GuestDetail));

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
