/** The name of the cluster that an address such as `pve:home:node:pve1` belongs to, as routes want it. */
export function clusterIdOf(ref: string): string {
  const id = ref.split(':')[1] ?? ref;
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
