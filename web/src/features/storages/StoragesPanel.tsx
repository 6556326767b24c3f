import { useMemo } from 'react';
import { bytesOf, percent } from '../../copy/format';
import { statusWord, words } from '../../copy/words';
import { Bar } from '../../design/Bar';
import { Glyph } from '../../design/Glyph';
import { Panel } from '../../design/Panel';
import { useClusterStore } from '../../stores/clusterStore';
import { useStale } from '../../stores/freshSelectors';
import { severityOf, shareOf } from '../../stores/severity';

/** Shared storage is one thing, however many nodes see it: one row, from its first node. */
function useStorageRows(): readonly { ref: string; seenBy: number }[] {
  const refs = useClusterStore((state) => state.refs.storage);
  return useMemo(() => {
    const { entities } = useClusterStore.getState();
    const rows = new Map<string, { ref: string; seenBy: number }>();
    for (const ref of refs) {
      const item = entities.get(ref);
      const key = item?.shared ? `${ref.split(':').slice(0, 2).join(':')}/${item.name}` : ref;
      const known = rows.get(key);
      if (known) known.seenBy += 1;
      else rows.set(key, { ref, seenBy: 1 });
    }
    return [...rows.values()];
  }, [refs]);
}

export function StoragesPanel() {
  const rows = useStorageRows();
  const loaded = useClusterStore((state) => state.loaded);
  return (
    <Panel title={words.storages.title} className="storages" aside={<span className="s12">{words.storages.used}</span>}>
      <div className="scroll stores" role="list" tabIndex={rows.length > 6 ? 0 : undefined} aria-label={words.storages.title}>
        {rows.map((row) => (
          <StorageBar key={row.ref} storageRef={row.ref} seenBy={row.seenBy} />
        ))}
      </div>
      {rows.length === 0 && (loaded ? <p className="empty">{words.storages.empty}</p> : <p className="skeleton" />)}
    </Panel>
  );
}

function StorageBar({ storageRef, seenBy }: { storageRef: string; seenBy: number }) {
  const storage = useClusterStore((state) => state.entities.get(storageRef));
  const stale = useStale(storage);
  if (!storage) return null;
  const severity = severityOf(storage);
  const share = shareOf(storage.usedBytes, storage.totalBytes);
  const alarming = !stale.stale && (severity === 'critical' || severity === 'warning') ? severity : undefined;
  const spoken = stale.stale ? words.glyph.stale : alarming && storage.status === 'available' ? `${words.glyph[alarming]}: ${words.plate.full(percent(share))}` : statusWord(storage.status);
  return (
    <div role="listitem" className={stale.stale ? 'st stl' : 'st'} data-ref={storageRef} data-stale={stale.stale} title={stale.stale ? (storage.reason ?? words.staleBecause[stale.because]) : undefined}>
      <Glyph name={stale.stale ? 'stale' : severity} label={spoken} />
      <span className="nm">
        {storage.name} <span className="t3 s12">{storage.shared ? words.storages.nodes(seenBy) : storage.node}</span>
      </span>
      <Bar share={share} severity={alarming} />
      <span className="m v">{storage.status === 'unavailable' ? statusWord(storage.status) : bytesOf(storage.usedBytes, storage.totalBytes)}</span>
    </div>
  );
}
