import './storages.css';
import { useEffect, useId, useState } from 'react';
import { useRoving } from '../../a11y/roving';
import { bytesOf, percent } from '../../copy/format';
import { shownName } from '../../copy/partWords';
import { statusWord, words } from '../../copy/words';
import { Bar } from '../../design/Bar';
import { deferred } from '../../design/deferred';
import { Glyph } from '../../design/Glyph';
import { Panel } from '../../design/Panel';
import { useClusterStore } from '../../stores/clusterStore';
import { useStale } from '../../stores/freshSelectors';
import { useMark, useProblemsStore } from '../../stores/problemsStore';
import { severityOf, shareOf, worse } from '../../stores/severity';
import { useSummaryStore } from '../../stores/summaryStore';
import { useUiStore } from '../../stores/uiStore';
import { storageKey } from '../../stores/storageKey';
import { headOf } from '../problems/names';
import type { ProblemSeverity } from '../../transport/problemWire';
import type { Resource } from '../../transport/wire';

const OpenStorage = deferred(() => import('./OpenStorage').then((part) => part.OpenStorage));

/** How many rows stand before the rest is summed up in one. */
const FEW = 4;

interface Row {
  ref: string;
  seenBy: number;
}

const isTold = (item: Resource | undefined): boolean => item?.status === 'available' && shareOf(item.usedBytes, item.totalBytes) !== undefined;

/**
 * Shared storage is one thing, however many nodes see it: one row, from the first node that tells how full it is. A node
 * that is off knows nothing of it any more, and it is as full as before.
 */
function rowsOf(refs: readonly string[], entities: ReadonlyMap<string, Resource>): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const ref of refs) {
    const item = entities.get(ref);
    const key = item ? storageKey(item) : ref;
    const known = rows.get(key);
    if (known) {
      known.seenBy += 1;
      if (!isTold(entities.get(known.ref)) && isTold(item)) known.ref = ref;
    } else rows.set(key, { ref, seenBy: 1 });
  }
  return [...rows.values()];
}

const rank = (item: Resource, found: ProblemSeverity | undefined): number => {
  const severity = worse(severityOf(item), found);
  const fullness = shareOf(item.usedBytes, item.totalBytes) ?? 0;
  return (severity === 'critical' ? 4 : severity === 'warning' ? 2 : 0) + fullness;
};

/** The fullest first when not all are shown; abnormal ones are never among the hidden. */
function useShown(all: boolean): { shown: readonly Row[]; hidden: number; under: number } {
  const refs = useClusterStore((state) => state.refs.storage);
  // Which ones are fullest changes slowly: the summary's beat is often enough.
  useSummaryStore((state) => state.summary);
  const { entities } = useClusterStore.getState();
  const { marks, problems } = useProblemsStore.getState();
  const rows = rowsOf(refs, entities);
  if (all || rows.length <= FEW) return { shown: rows, hidden: 0, under: 0 };
  const ranked = rows
    .flatMap((row) => {
      const item = entities.get(row.ref);
      return item ? [{ row, at: rank(item, problems.get(marks.get(row.ref) ?? '')?.severity) }] : [];
    })
    .sort((a, b) => b.at - a.at);
  const abnormal = ranked.filter(({ at }) => at >= 2).length;
  const keep = Math.max(FEW, abnormal);
  if (keep >= ranked.length) return { shown: ranked.map(({ row }) => row), hidden: 0, under: 0 };
  const under = Math.ceil(((ranked[keep]?.at ?? 0) * 100 + 0.001) / 5) * 5;
  return { shown: ranked.slice(0, keep).map(({ row }) => row), hidden: ranked.length - keep, under };
}

export function StoragesPanel() {
  const [all, setAll] = useState(false);
  const { shown, hidden, under } = useShown(all);
  const loaded = useClusterStore((state) => state.loaded);
  const { list, settle, onKeyDown, onFocus } = useRoving();
  useEffect(() => {
    settle();
  }, [shown, settle]);
  return (
    <Panel title={words.storages.title} className="storages" aside={<span className="s12">{words.storages.used}</span>}>
      <div className="scroll stores" role="list" aria-label={words.storages.title} ref={list} onKeyDown={onKeyDown} onFocus={onFocus} data-list="storages">
        {shown.map((row) => (
          <StorageBar key={row.ref} storageRef={row.ref} seenBy={row.seenBy} />
        ))}
      </div>
      {(hidden > 0 || all) && (
        <button type="button" className="more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? words.storages.fewer : words.storages.more(hidden, `${String(under)}%`)}
        </button>
      )}
      {shown.length === 0 && (loaded ? <p className="empty">{words.storages.empty}</p> : <p className="skeleton" />)}
    </Panel>
  );
}

function StorageBar({ storageRef, seenBy }: { storageRef: string; seenBy: number }) {
  const storage = useClusterStore((state) => state.entities.get(storageRef));
  const open = useUiStore((state) => state.open.has(storageRef));
  const stale = useStale(storage);
  const mark = useMark(storageRef);
  const detailId = useId();
  if (!storage) return null;
  const severity = worse(severityOf(storage), mark?.severity);
  const share = shareOf(storage.usedBytes, storage.totalBytes);
  const alarming = !stale.stale && (severity === 'critical' || severity === 'warning') ? severity : undefined;
  const spoken = stale.stale ? words.glyph.stale : mark ? `${words.glyph[mark.severity]}: ${headOf(mark)}` : alarming && storage.status === 'available' ? `${words.glyph[alarming]}: ${words.plate.full(percent(share))}` : statusWord(storage.status);
  return (
    <div role="listitem" className={stale.stale ? 'stl' : undefined} data-ref={storageRef} data-stale={stale.stale}>
      <div className={open ? 'st sel' : 'st'} title={stale.stale ? (storage.reason ?? words.staleBecause[stale.because]) : undefined}>
        <Glyph name={stale.stale ? 'stale' : severity} label={spoken} />
        <span className="name">
          <button type="button" className="nm" data-roving data-ref={storageRef} aria-expanded={open} aria-controls={open ? detailId : undefined} onClick={() => useUiStore.getState().toggleOpen(storageRef)}>{shownName(storage.name)}</button>
          <span className="t3 s12 clip">{storage.shared ? words.storages.nodes(seenBy) : storage.node}</span>
        </span>
        <Bar share={share} severity={alarming} />
        <span className="m v">{storage.status === 'unavailable' ? statusWord(storage.status) : bytesOf(storage.usedBytes, storage.totalBytes)}</span>
      </div>
      {open && (
        <div id={detailId} className="st-open">
          <OpenStorage storage={storage} seenBy={seenBy} stale={stale} />
        </div>
      )}
    </div>
  );
}
