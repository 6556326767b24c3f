import { useEffect, useMemo, useRef, useState } from 'react';
import { words } from '../../copy/words';
import { Panel } from '../../design/Panel';
import { useClusterStore } from '../../stores/clusterStore';
import { heldOrder } from '../../stores/guestOrder';
import { GROUPED_FROM, rowsOf, useGuestViewStore, type GuestRows } from '../../stores/guestView';
import { useProblemsStore } from '../../stores/problemsStore';
import { useSummaryStore } from '../../stores/summaryStore';
import { useUiStore, type GuestSort } from '../../stores/uiStore';
import type { Resource } from '../../transport/wire';
import { FacetBar } from './Facets';
import { GuestList } from './GuestList';

const SORT_MS = 1_000;

/** How much a guest wants somebody; what is open stays in sight. */
function urgencyOf(guest: Resource): number {
  const { marks, problems } = useProblemsStore.getState();
  const found = problems.get(marks.get(guest.ref) ?? '')?.severity;
  if (found === 'critical') return 4;
  if (found === 'warning') return 3;
  if (guest.stale) return 2;
  return useUiStore.getState().open.has(guest.ref) ? 1 : 0;
}

/**
 * The rows of the list: sorted anew at most once a second, and not at all while the list has the
 * pointer or focus. Typing into the filter, choosing or opening something acts at once.
 */
function useGuestRows(held: boolean): GuestRows {
  const refs = useClusterStore((state) => state.refs.guest);
  const filter = useUiStore((state) => state.filter);
  const sort = useUiStore((state) => state.sort);
  const facets = useGuestViewStore((state) => state.facets);
  const groups = useGuestViewStore((state) => state.groups);
  const [beat, setBeat] = useState(0);
  const last = useRef<{ rows: GuestRows; asked: readonly unknown[] }>({ rows: { keys: [], counts: new Map(), found: 0, attention: 0 }, asked: [] });

  useEffect(() => {
    if (held) return;
    const timer = window.setInterval(() => setBeat((n) => n + 1), SORT_MS);
    return () => window.clearInterval(timer);
  }, [held]);

  const asked = [filter, sort, facets, groups];
  const rows = useMemo(() => {
    const { entities } = useClusterStore.getState();
    const wanted = rowsOf(refs.flatMap((ref) => entities.get(ref) ?? []), { filter, facets, sort, groups, urgency: urgencyOf });
    const { rows: before, asked: askedBefore } = last.current;
    if (held && asked.every((one, at) => one === askedBefore[at])) return { ...wanted, keys: heldOrder(before.keys, wanted.keys) };
    const same = wanted.keys.length === before.keys.length && wanted.keys.every((ref, at) => ref === before.keys[at]);
    return same ? { ...wanted, keys: before.keys } : wanted;
    // `beat` is the once-a-second reason to look at figures again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [refs, filter, facets, sort, groups, held, beat]);

  useEffect(() => {
    last.current = { rows, asked };
  });
  return rows;
}

export function GuestsPanel() {
  const [pointer, setPointer] = useState(false);
  const [focus, setFocus] = useState(false);
  const { keys, counts, found, attention } = useGuestRows(useUiStore((state) => state.still) || pointer || focus);
  const refs = useClusterStore((state) => state.refs.guest);
  const loaded = useClusterStore((state) => state.loaded);
  const guests = useSummaryStore((state) => state.summary.guests);
  const filter = useUiStore((state) => state.filter);
  const facets = useGuestViewStore((state) => state.facets);
  const total = refs.length;
  const filtered = filter.trim() !== '' || Object.keys(facets).length > 0;
  const { entities } = useClusterStore.getState();
  const clear = () => {
    useUiStore.getState().setFilter('');
    useGuestViewStore.getState().clear();
  };

  return (
    <Panel
      title={words.guests.title}
      className="guests"
      note={filtered ? words.guests.filtered(found, total) : total > 0 ? words.guests.summary(guests.running, guests.stopped, guests.total - guests.reporting) : undefined}
      aside={<Filter />}
    >
      {total >= GROUPED_FROM && <FacetBar guests={refs.flatMap((ref) => entities.get(ref) ?? [])} attention={attention} />}
      <div
        className="hold-still"
        onPointerEnter={() => setPointer(true)}
        onPointerLeave={() => setPointer(false)}
        onFocus={() => setFocus(true)}
        onBlur={(event) => setFocus(event.currentTarget.contains(event.relatedTarget))}
      >
        {total > 0 && <SortHeader />}
        {keys.length > 0 && <GuestList order={keys} counts={counts} />}
        {keys.length === 0 && loaded && (
          <p className="empty">
            {total === 0 ? words.guests.empty : words.guests.noMatch}
            {filtered && total > 0 && <button type="button" onClick={clear}>{words.guests.clear}</button>}
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
