import { useCallback, useEffect, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { words } from '../../copy/words';
import { showGuests } from '../../app/live';
import { stepOf } from '../../a11y/roving';
import { useClusterStore } from '../../stores/clusterStore';
import { isGroup } from '../../stores/guestView';
import { useUiStore } from '../../stores/uiStore';
import { GroupRow } from './GroupRow';
import { GuestRow } from './GuestRow';

const ROW = 30;
const TOUCH_ROW = 48;
const DETAIL = 190;
const coarse = () => window.matchMedia('(max-width: 700px)').matches;

/** Only the rows in view are in the document, and the one with focus, wherever it is. */
export function GuestList({ order, counts }: { order: readonly string[]; counts: ReadonlyMap<string, number> }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<string>();
  const [focused, setFocused] = useState(false);
  const at = Math.max(0, current === undefined ? 0 : order.indexOf(current));
  const lastAt = useRef(0);
  const rowHeight = coarse() ? TOUCH_ROW : ROW;

  const virtualizer = useVirtualizer({
    count: order.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => order[index] ?? index,
    estimateSize: (index) => rowHeight + (useUiStore.getState().open.has(order[index] ?? '') ? DETAIL : 0),
    overscan: 6,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return !focused || shown.includes(at) || at >= order.length ? shown : [...shown, at].sort((a, b) => a - b);
    },
  });

  const focusRow = useCallback(
    (index: number) => {
      const ref = order[index];
      if (ref === undefined) return;
      setCurrent(ref);
      setFocused(true);
      virtualizer.scrollToIndex(index, { align: 'auto' });
      requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-roving][data-ref="${CSS.escape(ref)}"]`)?.focus({ preventScroll: true }));
    },
    [order, virtualizer],
  );

  // A removed row passes its focus on to the one that took its place.
  useEffect(() => {
    const gone = current !== undefined && !order.includes(current) && (isGroup(current) || !useClusterStore.getState().entities.has(current));
    if (gone && focused) focusRow(Math.min(lastAt.current, order.length - 1));
    else lastAt.current = at;
  }, [order, current, focused, at, focusRow]);

  const rows = virtualizer.getVirtualItems();
  const inView = rows.flatMap((row) => order[row.index] ?? []).filter((key) => !isGroup(key)).join(' ');
  useEffect(() => {
    showGuests(inView === '' ? [] : inView.split(' '));
  }, [inView]);

  const stop = (index: number) => index === at || (index === 0 && !order.includes(current ?? ''));
  const onKeyDown = (event: KeyboardEvent) => {
    const onRow = event.target instanceof HTMLElement && event.target.hasAttribute('data-roving');
    const step = stepOf(event.key);
    if (!onRow || step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    focusRow(step === 'first' ? 0 : step === 'last' ? order.length - 1 : Math.min(order.length - 1, Math.max(0, at + step)));
  };
  const onFocus = (event: FocusEvent) => {
    setFocused(true);
    const ref = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-ref]')?.dataset['ref'] : undefined;
    if (ref !== undefined) setCurrent(ref);
  };

  return (
    <div className="scroll" ref={scroller} data-list="guests" onKeyDown={onKeyDown} onFocus={onFocus} onBlur={(event) => setFocused(event.currentTarget.contains(event.relatedTarget))}>
      <div role="grid" aria-label={words.guests.title} aria-rowcount={order.length} className="virtual" style={{ height: virtualizer.getTotalSize() }}>
        {/* Placed by its top: a name that sticks above its details knows nothing of transforms. */}
        {rows.map((row) => {
          const ref = order[row.index];
          return ref === undefined ? null : (
            <div key={row.key} role="rowgroup" ref={virtualizer.measureElement} data-index={row.index} className="slot" style={{ top: row.start }}>
              {isGroup(ref) ? <GroupRow groupKey={ref} count={counts.get(ref) ?? 0} index={row.index} tabStop={stop(row.index)} /> : <GuestRow guestRef={ref} index={row.index} tabStop={stop(row.index)} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}
