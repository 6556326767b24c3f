import { create } from 'zustand';
import type { Resource } from '../transport/wire';
import { matches, orderGuests } from './guestOrder';
import type { GuestSort } from './uiStore';

/** From so many guests on, those that are well stand in groups. */
export const GROUPED_FROM = 60;

export const facets = ['node', 'tag', 'type', 'status'] as const;
export type Facet = (typeof facets)[number];
export type Facets = Readonly<Partial<Record<Facet, string>>>;

export interface GuestViewState {
  facets: Facets;
  /** The groups that are open. */
  groups: ReadonlySet<string>;
  choose: (facet: Facet, value: string) => void;
  clear: () => void;
  toggleGroup: (key: string) => void;
}

export const useGuestViewStore = create<GuestViewState>()((set, get) => ({
  facets: {},
  groups: new Set(),
  choose: (facet, value) => {
    set({ facets: Object.fromEntries(Object.entries({ ...get().facets, [facet]: value }).filter(([, wanted]) => wanted !== '')) });
  },
  clear: () => set({ facets: {} }),
  toggleGroup: (key) => {
    const groups = new Set(get().groups);
    if (!groups.delete(key)) groups.add(key);
    set({ groups });
  },
}));

const GROUP = 'group:';
export const isGroup = (key: string): boolean => key.startsWith(GROUP);

/** The cluster and node of a guest, as the key of its group: no resource has such an address. */
const groupOf = (guest: Resource): string => `${GROUP}${guest.ref.split(':').slice(0, 2).join(':')}/${guest.node ?? ''}`;

export function groupName(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}

function passes(guest: Resource, { node, tag, type, status }: Facets): boolean {
  return (node === undefined || guest.node === node) && (tag === undefined || (guest.tags ?? []).includes(tag)) && (type === undefined || guest.type === type) && (status === undefined || guest.status === status);
}

export interface Wanted {
  filter: string;
  facets: Facets;
  sort: { by: GuestSort; descending: boolean };
  groups: ReadonlySet<string>;
  /** How much a guest wants somebody: 0 for not at all. */
  urgency: (guest: Resource) => number;
}

export interface GuestRows {
  /** Guests by their addresses, and groups by their keys, in order. */
  keys: readonly string[];
  /** How many are in each group. */
  counts: ReadonlyMap<string, number>;
  /** How many guests match, whether shown or in a closed group. */
  found: number;
  attention: number;
}

const naming = new Intl.Collator('en', { numeric: true });

/** All that match in one order; or, where many are well and nothing is looked for, those that are not, and the others by node. */
export function rowsOf(guests: readonly Resource[], { filter, facets: chosen, sort, groups, urgency }: Wanted): GuestRows {
  const found = guests.filter((guest) => passes(guest, chosen) && matches(guest, filter));
  const looking = filter.trim() !== '' || Object.keys(chosen).length > 0;
  if (looking || guests.length < GROUPED_FROM) return { keys: orderGuests(found, '', sort), counts: new Map(), found: found.length, attention: 0 };
  const wanting: Resource[] = [];
  const byGroup = new Map<string, Resource[]>();
  for (const guest of found) {
    const key = groupOf(guest);
    const group = byGroup.get(key) ?? [];
    if (!byGroup.has(key)) byGroup.set(key, group);
    (urgency(guest) > 0 ? wanting : group).push(guest);
  }
  const ranks = new Map(wanting.map((guest) => [guest.ref, urgency(guest)]));
  const first = orderGuests(wanting, '', sort).sort((a, b) => (ranks.get(b) ?? 0) - (ranks.get(a) ?? 0));
  const keys = [...byGroup.keys()].sort((a, b) => naming.compare(a, b));
  return {
    keys: [...first, ...keys.flatMap((key) => (groups.has(key) ? [key, ...orderGuests(byGroup.get(key) ?? [], '', sort)] : [key]))],
    counts: new Map([...byGroup].map(([key, group]) => [key, group.length])),
    found: found.length,
    attention: wanting.length,
  };
}

const MOST_CHOICES = 200;

/** What can be chosen of each facet: those that occur, the tags by how often they do. */
export function choicesOf(guests: readonly Resource[]): Readonly<Record<Facet, readonly string[]>> {
  const seen: Record<Facet, Map<string, number>> = { node: new Map(), tag: new Map(), type: new Map(), status: new Map() };
  const note = (facet: Facet, value: string | undefined) => {
    if (value !== undefined && value !== '') seen[facet].set(value, (seen[facet].get(value) ?? 0) + 1);
  };
  for (const guest of guests) {
    note('node', guest.node);
    note('type', guest.type);
    note('status', guest.status);
    for (const tag of guest.tags ?? []) note('tag', tag);
  }
  const named = (facet: Facet) => [...seen[facet].keys()].sort((a, b) => naming.compare(a, b)).slice(0, MOST_CHOICES);
  return { node: named('node'), tag: [...seen.tag].sort((a, b) => b[1] - a[1] || naming.compare(a[0], b[0])).slice(0, MOST_CHOICES).map(([tag]) => tag), type: named('type'), status: named('status') };
}
