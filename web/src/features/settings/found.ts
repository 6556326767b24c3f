import type { Resource } from '../../transport/wire';

const MOST = 5;

/** The guests and nodes that somebody may mean by a name, a number or an address. */
export function found(typed: string, all: Iterable<Resource>): readonly Resource[] {
  const meant = typed.trim().toLowerCase();
  const some: Resource[] = [];
  for (const item of all) {
    if ((item.kind === 'guest' || item.kind === 'node') && [item.name.toLowerCase(), item.ref, String(item.vmid ?? '')].includes(meant)) some.push(item);
    if (some.length === MOST) break;
  }
  return meant === '' ? [] : some;
}
