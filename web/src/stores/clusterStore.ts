import { create } from 'zustand';
import { patched, type Change } from '../transport/deltaQueue';
import { kinds, resource as resourceSchema, type Kind, type Resource } from '../transport/wire';

/** The live state of every cluster: resources by address, and their addresses by kind. */
export interface ClusterState {
  /** Whether a snapshot has ever arrived: nothing known is not the same as nothing there. */
  loaded: boolean;
  entities: ReadonlyMap<string, Resource>;
  /** Changes identity only when a resource comes or goes. */
  refs: Readonly<Record<Kind, readonly string[]>>;
  /** When each source last answered wholly, in ms on the server's clock. */
  observed: ReadonlyMap<string, number>;
  replaceAll: (items: readonly Resource[]) => void;
  applyChanges: (changes: ReadonlyMap<string, Change>) => void;
  noteObserved: (instants: Readonly<Record<string, string>>) => void;
  reset: () => void;
}

const noRefs = (): Record<Kind, readonly string[]> => ({ cluster: [], node: [], guest: [], storage: [] });

/** Numbers count as numbers, so that pve10 follows pve9; made once, for it is costly. */
const naming = new Intl.Collator('en', { numeric: true });

function naturally(a: Resource, b: Resource): number {
  if (a.vmid !== undefined && b.vmid !== undefined && a.vmid !== b.vmid) return a.vmid - b.vmid;
  return naming.compare(a.name, b.name) || naming.compare(a.ref, b.ref);
}

function ordered(entities: ReadonlyMap<string, Resource>, kind: Kind): readonly string[] {
  return [...entities.values()]
    .filter((item) => item.kind === kind)
    .sort(naturally)
    .map((item) => item.ref);
}

/** A change to something unknown only counts when it describes the whole thing. */
function outcome(change: Change, before: Resource | undefined): Resource | undefined {
  switch (change.do) {
    case 'put':
      return change.item;
    case 'remove':
      return undefined;
    case 'patch': {
      if (before) return patched(before, change.patch);
      const whole = resourceSchema.safeParse(change.patch);
      return whole.success ? whole.data : undefined;
    }
  }
}

export const useClusterStore = create<ClusterState>()((set, get) => ({
  loaded: false,
  entities: new Map(),
  refs: noRefs(),
  observed: new Map(),
  replaceAll: (items) => {
    const entities = new Map(items.map((item) => [item.ref, item]));
    const refs = noRefs();
    for (const kind of kinds) refs[kind] = ordered(entities, kind);
    set({ loaded: true, entities, refs });
  },
  applyChanges: (changes) => {
    const entities = new Map(get().entities);
    const membershipChanged = new Set<Kind>();
    for (const [ref, change] of changes) {
      const before = entities.get(ref);
      const after = outcome(change, before);
      if (after === undefined) entities.delete(ref);
      else entities.set(ref, after);
      const kind = (after ?? before)?.kind;
      if (kind !== undefined && (before === undefined) !== (after === undefined)) membershipChanged.add(kind);
    }
    if (membershipChanged.size === 0) {
      set({ entities });
      return;
    }
    const refs = { ...get().refs };
    for (const kind of membershipChanged) refs[kind] = ordered(entities, kind);
    set({ entities, refs });
  },
  noteObserved: (instants) => {
    const observed = new Map(get().observed);
    for (const [source, at] of Object.entries(instants)) {
      const ms = Date.parse(at);
      if (!Number.isNaN(ms)) observed.set(source, ms);
    }
    set({ observed });
  },
  reset: () => set({ loaded: false, entities: new Map(), refs: noRefs(), observed: new Map() }),
}));
