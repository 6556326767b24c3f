import type { Resource } from '../transport/wire';

/** One storage is shared by all its nodes: it is counted once, and what lies on it is asked for once. */
export function storageKey(item: Pick<Resource, 'ref' | 'name' | 'shared'>): string {
  return item.shared ? `${item.ref.split(':').slice(0, 2).join(':')}/${item.name}` : item.ref;
}
