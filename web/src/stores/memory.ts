/** A node's memory in three parts that add up to the whole; without `cache` where nobody told it apart. */
export interface Memory {
  used: number;
  /** What the ARC of ZFS holds and would give up. */
  cache: number | undefined;
  free: number;
  total: number;
}

interface Told {
  memoryUsedBytes?: number | null;
  memoryTotalBytes?: number | null;
  memoryArcBytes?: number | null;
}

/** Proxmox VE counts the ARC as used. Undefined where even that is not known. */
export function memoryOf({ memoryUsedBytes: counted, memoryTotalBytes: total, memoryArcBytes: arc }: Told): Memory | undefined {
  if (counted === undefined || counted === null || total === undefined || total === null || total <= 0) return undefined;
  const cache = arc === undefined || arc === null ? undefined : Math.min(arc, counted);
  return { used: counted - (cache ?? 0), cache, free: Math.max(0, total - counted), total };
}
