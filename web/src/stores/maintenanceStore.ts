import { create } from 'zustand';
import type { Maintenance } from '../transport/maintenanceWire';
import { useConnectionStore } from './connectionStore';

export interface MaintenanceState {
  works: ReadonlyMap<string, Maintenance>;
  replaceAll: (works: readonly Maintenance[]) => void;
  reset: () => void;
}

export const useMaintenanceStore = create<MaintenanceState>()((set) => ({
  works: new Map(),
  replaceAll: (works) => set({ works: new Map(works.map((work) => [work.ref, work])) }),
  reset: () => set({ works: new Map() }),
}));

/** Whether it goes on; one whose end cannot be read is ended by whoever told of it. */
export function goesOn({ until }: Maintenance, serverNow: number): boolean {
  return !(Date.parse(until) <= serverNow);
}

/** The work on a node, for as long as it goes on by the server's clock. */
export function useMaintenance(ref: string): Maintenance | undefined {
  const work = useMaintenanceStore((state) => state.works.get(ref));
  const on = useConnectionStore((state) => work !== undefined && goesOn(work, state.now + state.offset));
  return on ? work : undefined;
}
