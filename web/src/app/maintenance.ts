import { useMaintenanceStore } from '../stores/maintenanceStore';
import { maintenance } from '../transport/maintenanceWire';
import { listOf } from '../transport/wire';
import { Coalesced } from './coalesced';
import { api } from './server';

const list = new Coalesced(async () => {
  try {
    const { items } = await api.get('api/maintenance', listOf(maintenance));
    useMaintenanceStore.getState().replaceAll(items);
  } catch {
    // Asked for again with the next connect or change; what is shown stays.
  }
});

/** Asks which nodes are worked on; a burst of events asks at most twice. */
export function loadMaintenance(): Promise<void> {
  return list.run();
}

const path = (ref: string) => `api/maintenance/${encodeURIComponent(ref)}`;

/** Begins the work on a node, or changes until when; `until` is a moment by the server's clock. */
export async function beginMaintenance(ref: string, until: number, reason: string): Promise<void> {
  await api.put(path(ref), { until: new Date(until).toISOString(), reason }, maintenance);
  await loadMaintenance();
}

export async function endMaintenance(ref: string): Promise<void> {
  await api.remove(path(ref));
  await loadMaintenance();
}
