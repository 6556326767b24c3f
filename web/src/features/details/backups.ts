import { storageKey } from '../../stores/storageKey';
import type { Details, Volume } from '../../transport/detailWire';
import type { Resource } from '../../transport/wire';

/** More storages than this are not asked for one guest. */
const MOST_ASKED = 4;

/** The storages on which backups of a guest may lie: the shared ones once, of the others those of its node. */
export function backupStorages(guest: Resource, storages: readonly Resource[]): readonly Resource[] {
  const cluster = (ref: string) => ref.split(':').slice(0, 2).join(':');
  const chosen = new Map<string, Resource>();
  for (const storage of storages) {
    if (cluster(storage.ref) !== cluster(guest.ref) || storage.content?.includes('backup') !== true) continue;
    const near = storage.node === guest.node;
    if (!storage.shared && !near) continue;
    const key = storageKey(storage);
    // Of a shared one the view of the guest's own node is as good as any, and does not change by the hour.
    if (!chosen.has(key) || near) chosen.set(key, storage);
  }
  return [...chosen.values()].sort((a, b) => Number(b.shared) - Number(a.shared)).slice(0, MOST_ASKED);
}

export interface Backup {
  volume: Volume;
  storage: string;
}

const made = ({ volume }: Backup) => Date.parse(volume.createdAt ?? '') || 0;

/** The backups of a guest, the latest first, and on how many storages nobody could look. */
export function backupsOf(vmid: number, storages: readonly Resource[], details: ReadonlyMap<string, Details>): { backups: readonly Backup[]; unread: number } {
  let unread = 0;
  const backups = storages.flatMap((storage) => {
    const content = details.get(storage.ref)?.content?.value;
    if (!content) {
      unread += 1;
      return [];
    }
    return content.volumes.filter((volume) => volume.content === 'backup' && volume.guest === vmid).map((volume) => ({ volume, storage: storage.name }));
  });
  return { backups: backups.sort((a, b) => made(b) - made(a)), unread };
}

export interface Kind {
  content: string;
  count: number;
  bytes: number | undefined;
}

/** What lies on a storage, by kind, the largest first. A kind of which one size is unknown has no sum. */
export function kindsOf(volumes: readonly Volume[]): readonly Kind[] {
  const kinds = new Map<string, Kind>();
  for (const { content, sizeBytes } of volumes) {
    const known = kinds.get(content) ?? { content, count: 0, bytes: 0 };
    kinds.set(content, { content, count: known.count + 1, bytes: known.bytes === undefined || typeof sizeBytes !== 'number' ? undefined : known.bytes + sizeBytes });
  }
  return [...kinds.values()].sort((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0) || b.count - a.count);
}
