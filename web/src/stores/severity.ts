import type { ProblemSeverity } from '../transport/problemWire';
import type { Resource } from '../transport/wire';

/** How a resource is drawn; only the first two may be filled. */
export type Severity = 'critical' | 'warning' | 'info' | 'normal' | 'stopped';

/** Storage fills slowly and hurts suddenly: warn while there is time, alarm when there is none. */
export const STORAGE_WARNING_SHARE = 0.85;
export const STORAGE_CRITICAL_SHARE = 0.95;

export function shareOf(used: number | undefined, of: number | undefined): number | undefined {
  return used === undefined || of === undefined || of <= 0 ? undefined : used / of;
}

function storageSeverity(item: Resource): Severity {
  if (item.status === 'unavailable') return 'warning';
  const share = shareOf(item.usedBytes, item.totalBytes);
  if (share === undefined) return 'normal';
  if (share >= STORAGE_CRITICAL_SHARE) return 'critical';
  return share >= STORAGE_WARNING_SHARE ? 'warning' : 'normal';
}

/** The severity of what a resource says of itself; whether that is still true is freshness's question. */
export function severityOf(item: Resource): Severity {
  switch (item.kind) {
    case 'cluster':
      if (item.status === 'no-quorum' || item.status === 'unreachable') return 'critical';
      return item.status === 'degraded' || (item.warnings?.length ?? 0) > 0 ? 'warning' : 'normal';
    case 'node':
      if (item.status === 'offline') return 'critical';
      return item.status === 'online' ? 'normal' : 'warning';
    case 'storage':
      return storageSeverity(item);
    case 'guest':
      if (item.status === 'running') return 'normal';
      if (item.status === 'paused') return 'info';
      return item.status === 'stopped' ? 'stopped' : 'info';
  }
}

/** The worse of what a resource says of itself and of what Jarvis found about it. */
export function worse(own: Severity, found: ProblemSeverity | undefined): Severity {
  if (found === undefined || own === 'critical') return own;
  if (found === 'critical') return found;
  return own === 'warning' ? own : found;
}
