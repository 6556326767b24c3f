import type { Resource } from '../../transport/wire';

/** What changes the answer of the catalogue: state, not figures. */
export function offersVersion(item: Resource): string {
  return [item.status, item.lock, item.protected, item.action, item.node, item.connection].join('|');
}

export function targetName(item: Resource): string {
  if (item.kind !== 'guest') return item.name;
  return `${item.name} (${item.type === 'lxc' ? 'CT' : 'VM'} ${String(item.vmid ?? '')})`;
}

/** Nodes have a shell; guests are entered through their node while they run. */
export function hasTerminal(item: Resource): boolean {
  return item.kind === 'node' || (item.kind === 'guest' && item.status === 'running' && item.template !== true);
}
