import type { Resource } from '../transport/wire';
import type { GuestSort } from './uiStore';

/** What the filter looks at; prepared per guest object, so that typing does not rebuild 5,000 strings. */
const haystacks = new WeakMap<Resource, string>();

function haystack(guest: Resource): string {
  const known = haystacks.get(guest);
  if (known !== undefined) return known;
  const text = [guest.name, guest.vmid, guest.node, guest.status, guest.type === 'lxc' ? 'ct container lxc' : 'vm qemu', guest.pool, guest.lock, ...(guest.tags ?? [])]
    .join(' ')
    .toLowerCase();
  haystacks.set(guest, text);
  return text;
}

/** Every word of the filter must occur somewhere in the guest's number, name, node, status, type or tags. */
export function matches(guest: Resource, filter: string): boolean {
  const wanted = filter.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return wanted.every((word) => haystack(guest).includes(word));
}

const figure = (guest: Resource, by: GuestSort): number => {
  if (by === 'cpu') return guest.cpu ?? -1;
  if (by === 'memory') return guest.memoryUsedBytes !== undefined && guest.memoryTotalBytes ? guest.memoryUsedBytes / guest.memoryTotalBytes : -1;
  return guest.vmid ?? 0;
};

const naming = new Intl.Collator('en', { numeric: true });

export function orderGuests(guests: readonly Resource[], filter: string, sort: { by: GuestSort; descending: boolean }): string[] {
  const direction = sort.descending ? -1 : 1;
  const compare = (a: Resource, b: Resource) => (sort.by === 'name' ? naming.compare(a.name, b.name) : figure(a, sort.by) - figure(b, sort.by));
  return guests
    .filter((guest) => matches(guest, filter))
    .sort((a, b) => compare(a, b) * direction || (a.vmid ?? 0) - (b.vmid ?? 0))
    .map((guest) => guest.ref);
}

/** Nothing moves under the hand: the old order stays, what left is dropped, what came is added at the end. */
export function heldOrder(held: readonly string[], wanted: readonly string[]): readonly string[] {
  const present = new Set(wanted);
  const kept = held.filter((ref) => present.has(ref));
  const there = new Set(kept);
  const order = [...kept, ...wanted.filter((ref) => !there.has(ref))];
  return order.length === held.length && order.every((ref, at) => ref === held[at]) ? held : order;
}
