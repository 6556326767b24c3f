import { useEffect, useMemo, useRef, useState } from 'react';
import { words } from '../../copy/words';
import { Panel } from '../../design/Panel';
import { useClusterStore } from '../../stores/clusterStore';
import { heldOrder, orderGuests } from '../../stores/guestOrder';
import { useSummaryStore } from '../../stores/summaryStore';
import { useUiStore, type GuestSort } from '../../stores/uiStore';
import { GuestList } from './GuestList';

const SORT_MS = 1_000;

/**
 * The order of the list: sorted anew at most once a second, and not at all while the list has the
 * pointer or focus. Typing into the filter or choosing another order acts at once.
 */
function useGuestOrder(held: boolean): readonly string[] {
  const refs = useClusterStore((state) => state.refs.guest);
  const filter = useUiStore((state) => state.filter);
  const sort = useUiStore((state) => state.sort);
  const [beat, setBeat] = useState(0);
  const last = useRef<{ order: readonly string[]; filter: string; sort: typeof sort }>({ order: [], filter, sort });

  useEffect(() => {
    if (held) return;
    const timer = window.setInterval(() => setBeat((n) => n + 1), SORT_MS);
    return () => window.clearInterval(timer);
  }, [held]);

  const order = useMemo(() => {
    const { entities } = useClusterStore.getState();
    const wanted = orderGuests(refs.flatMap((ref) => entities.get(ref) ?? []), filter, sort);
    const asked = last.current.filter !== filter || last.current.sort !== sort;
    const { order: before } = last.current;
    if (held && !asked) return heldOrder(before, wanted);
    return wanted.length === before.length && wanted.every((ref, at) => ref === before[at]) ? before : wanted;
    // `beat` is the once-a-second reason to look at figures again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [refs, filter, sort, held, beat]);

  useEffect(() => {
    last.current = { order, filter, sort };
  }, [order, filter, sort]);
  return order;
}

export function GuestsPanel() {
  const [pointer, setPointer] = useState(false);
  const [focus, setFocus] = useState(false);
  const order = useGuestOrder(useUiStore((state) => state.still) || pointer || focus);
  const total = useClusterStore((state) => state.refs.guest.length);
  const loaded = useClusterStore((state) => state.loaded);
  const guests = useSummaryStore((state) => state.summary.guests);
  const filter = useUiStore((state) => state.filter);
  const filtered = filter.trim() !== '';

  return (
    <Panel
      title={words.guests.title}
      className="guests"
      note={filtered ? words.guests.filtered(order.length, total) : total > 0 ? words.guests.summary(guests.running, guests.stopped, guests.total - guests.reporting) : undefined}
      aside={<Filter />}
    >
      <div
        className="hold-still"
        onPointerEnter={() => setPointer(true)}
        onPointerLeave={() => setPointer(false)}
        onFocus={() => setFocus(true)}
        onBlur={(event) => setFocus(event.currentTarget.contains(event.relatedTarget))}
      >
        {total > 0 && <SortHeader />}
        {order.length > 0 && <GuestList order={order} />}
        {order.length === 0 && loaded && (
          <p className="empty">
            {total === 0 ? words.guests.empty : words.guests.noMatch}
            {filtered && total > 0 && <button type="button" onClick={() => useUiStore.getState().setFilter('')}>{words.guests.clear}</button>}
          </p>
        )}
        {!loaded && <p className="skeleton tall" />}
      </div>
    </Panel>
  );
}

function Filter() {
  const filter = useUiStore((state) => state.filter);
  return (
    <label className="filter">
      <span className="sr">{words.guests.filter}</span>
      <input
        type="search"
        id="guest-filter"
        value={filter}
        placeholder={words.guests.filterHint}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => useUiStore.getState().setFilter(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          useUiStore.getState().setFilter('');
          event.currentTarget.blur();
        }}
      />
      <kbd aria-hidden="true">/</kbd>
    </label>
  );
}

const columns: readonly (readonly [GuestSort, string])[] = [
  ['vmid', words.guests.id],
  ['name', words.guests.name],
  ['cpu', words.guests.cpu],
  ['memory', words.guests.ram],
];

function SortHeader() {
  const sort = useUiStore((state) => state.sort);
  return (
    <div className="gr hd" role="group" aria-label={words.guests.title}>
      <span />
      {columns.map(([by, label]) => (
        <button key={by} type="button" className={`c-${by}`} aria-pressed={sort.by === by} aria-label={sort.by === by ? words.guests.sortedBy(label, sort.descending) : label} onClick={() => useUiStore.getState().sortBy(by)}>
          {label}
          {sort.by === by && <span aria-hidden="true">{sort.descending ? ' ↓' : ' ↑'}</span>}
        </button>
      ))}
      <span className="nd">{words.guests.node}</span>
    </div>
  );
}
