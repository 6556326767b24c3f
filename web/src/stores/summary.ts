import type { Resource } from '../transport/wire';
import type { ClusterState } from './clusterStore';
import { freshnessOf } from './freshSelectors';
import type { Moment } from './freshness';
import { memoryOf } from './memory';
import { storageKey } from './storageKey';
import { severityOf, shareOf, type Severity } from './severity';

/** One total of the top bar; `share` is undefined when nothing reports. */
export interface Total {
  used: number;
  of: number;
  share: number | undefined;
}

/** An abnormal resource, for the verdict. */
export interface Matter {
  ref: string;
  name: string;
  kind: Resource['kind'];
  severity: Severity;
  status: string;
  reason?: string;
}

/** What the whole screen says in a few figures; stale values are left out of every total. */
export interface Summary {
  cpu: Total;
  /** Without what the ARC of ZFS holds, as on the nodes' own cards. */
  memory: Total;
  /** What of the memory the ARC holds and would give up; undefined where nobody told it apart. */
  cache: number | undefined;
  storage: Total;
  nodes: { reporting: number; total: number };
  guests: { running: number; stopped: number; reporting: number; total: number };
  storages: { reporting: number; total: number };
  quorum: { votes: number; expected: number; quorate: boolean | undefined; clusters: number };
  stale: number;
  /** What is stale, for whoever knows the cause. */
  silent: readonly string[];
  /** One for each cause: what a dead node brings with it is no matter of its own. */
  matters: readonly Matter[];
}

const total = (used: number, of: number): Total => ({ used, of, share: of > 0 ? used / of : undefined });

/** Why it is not well, and what the server warns of besides; both are sentences. */
function whyOf(item: Resource, told: boolean): string | undefined {
  const warnings = item.warnings ?? [];
  const reason = told ? undefined : item.reason;
  return warnings.length === 0 ? reason : [reason, ...warnings].filter(Boolean).join(' ');
}

/** What lies at this address within its cluster; the cluster itself for itself. */
export function clusterOf(ref: string): string {
  return ref.split(':').slice(0, 2).join(':');
}

/**
 * Whether the cause stands elsewhere already: a cluster lacks the nodes that are not online, and nothing else unless it warns or
 * nobody knows of its quorum; of a dead node's own storages nobody can use any.
 */
function isToldElsewhere(item: Resource, dead: ReadonlySet<string>): boolean {
  const cluster = clusterOf(item.ref);
  if (item.kind === 'cluster') return item.status === 'degraded' && item.quorate !== undefined && [...dead].some((ref) => clusterOf(ref) === cluster);
  return item.kind === 'storage' && item.status === 'unavailable' && dead.has(`${cluster}:node:${item.node ?? ''}`);
}

export function summarize(cluster: Pick<ClusterState, 'entities' | 'refs' | 'observed'>, at: Moment): Summary {
  const items = (kind: Resource['kind']) => cluster.refs[kind].flatMap((ref) => cluster.entities.get(ref) ?? []);
  const fresh = (item: Resource) => !freshnessOf(item, cluster, at).stale;
  const matters: Matter[] = [];
  /** A full shared storage is one matter, however many nodes see it. */
  const told = new Set<string>();
  const silent: string[] = [];
  const dead = new Set(items('node').flatMap((node) => (fresh(node) && node.status !== 'online' ? [node.ref] : [])));
  const note = (item: Resource): boolean => {
    const reporting = fresh(item);
    if (!reporting) silent.push(item.ref);
    const severity = severityOf(item);
    if (reporting && (severity === 'critical' || severity === 'warning')) {
      const elsewhere = isToldElsewhere(item, dead);
      const matter = `${storageKey(item)} ${item.status}`;
      if (told.has(matter) || (elsewhere && (item.warnings ?? []).length === 0)) return reporting;
      told.add(matter);
      matters.push({ ref: item.ref, name: item.name, kind: item.kind, severity, status: item.status, reason: whyOf(item, elsewhere) });
    }
    return reporting;
  };

  let cpuUsed = 0, cpuOf = 0, memoryUsed = 0, memoryWhole = 0, nodesReporting = 0, cache: number | undefined;
  const nodes = items('node');
  for (const node of nodes) {
    if (!note(node) || node.status !== 'online') continue;
    nodesReporting += 1;
    if (node.cpu !== undefined) {
      cpuUsed += node.cpu * (node.cpus ?? 1);
      cpuOf += node.cpus ?? 1;
    }
    const memory = memoryOf(node);
    if (memory) {
      memoryUsed += memory.used;
      memoryWhole += memory.total;
      if (memory.cache !== undefined) cache = (cache ?? 0) + memory.cache;
    }
  }

  const guests = { running: 0, stopped: 0, reporting: 0, total: 0 };
  for (const guest of items('guest')) {
    if (guest.template) continue;
    guests.total += 1;
    if (!note(guest)) continue;
    guests.reporting += 1;
    if (guest.status === 'running') guests.running += 1;
    if (guest.status === 'stopped') guests.stopped += 1;
  }

  let storageUsed = 0, storageOf = 0;
  const seen = new Set<string>();
  const reportingStorages = new Set<string>();
  for (const storage of items('storage')) {
    const identity = storageKey(storage);
    seen.add(identity);
    if (!note(storage) || reportingStorages.has(identity)) continue;
    if (storage.status !== 'available') continue;
    reportingStorages.add(identity);
    storageUsed += storage.usedBytes ?? 0;
    storageOf += storage.totalBytes ?? 0;
  }

  const quorum: Summary['quorum'] = { votes: 0, expected: 0, quorate: undefined, clusters: 0 };
  for (const item of items('cluster')) {
    if (!note(item) || item.quorate === undefined) continue;
    quorum.clusters += 1;
    quorum.votes += item.votes ?? 0;
    quorum.expected += item.expectedVotes ?? 0;
    quorum.quorate = (quorum.quorate ?? true) && item.quorate;
  }

  return {
    cpu: total(cpuUsed, cpuOf),
    memory: total(memoryUsed, memoryWhole),
    cache: shareOf(cache, memoryWhole),
    storage: total(storageUsed, storageOf),
    nodes: { reporting: nodesReporting, total: nodes.length },
    guests,
    storages: { reporting: reportingStorages.size, total: seen.size },
    quorum,
    stale: silent.length,
    silent,
    matters: matters.sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning')),
  };
}
