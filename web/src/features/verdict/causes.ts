import { clusterOf, type Matter, type Summary } from '../../stores/summary';

export interface Unexplained {
  matters: readonly Matter[];
  /** How many resources fell silent without a problem that says why. */
  stale: number;
}

/**
 * One cause is one matter: what a problem is about, or makes suffer, is told by the problem, and a node that somebody works on wants
 * nobody else. `byRef` holds the addresses of what open problems tell of.
 */
export function unexplained({ matters, silent }: Pick<Summary, 'matters' | 'silent'>, byRef: ReadonlyMap<string, unknown>, worked: ReadonlyMap<string, unknown>): Unexplained {
  return {
    matters: matters.filter(({ ref }) => !byRef.has(ref) && !worked.has(ref)),
    stale: silent.filter((ref) => !byRef.has(ref) && !byRef.has(`${clusterOf(ref)}:cluster`)).length,
  };
}
