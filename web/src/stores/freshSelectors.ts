import { duration } from '../copy/format';
import type { Resource } from '../transport/wire';
import { useClusterStore, type ClusterState } from './clusterStore';
import { useConnectionStore, type ConnectionState } from './connectionStore';
import { assess, sourceOf, type Freshness, type Moment } from './freshness';

export function moment({ now, offset, links }: Pick<ConnectionState, 'now' | 'offset' | 'links'>): Moment {
  return { now, offset, link: links.cluster };
}

export function freshnessOf(item: Resource, cluster: Pick<ClusterState, 'observed'>, at: Moment): Freshness {
  return assess(item, cluster.observed.get(sourceOf(item)), at);
}

/** The staleness of one resource in as few distinct values as it is drawn with, so that rows re-render rarely. */
export interface StaleView {
  stale: boolean;
  because: string;
  /** Whole seconds, coarser as they grow; undefined while fresh or never seen. */
  ageSeconds: number | undefined;
}

const encode = (freshness: Freshness): string => {
  if (!freshness.stale) return '';
  const age = freshness.ageSeconds;
  const coarse = age === undefined ? '' : String(age < 3_600 ? Math.floor(age) : Math.floor(age / 60) * 60);
  return `${freshness.because} ${coarse}`;
};

export function useStale(item: Resource | undefined): StaleView {
  const observed = useClusterStore((state) => (item ? state.observed.get(sourceOf(item)) : undefined));
  // A string compares by value: while a row is fresh, a passing second does not touch it.
  const code = useConnectionStore((state) => (item ? encode(assess(item, observed, moment(state))) : 'never '));
  const [because = '', age = ''] = code.split(' ');
  return { stale: code !== '', because, ageSeconds: age === '' ? undefined : Number(age) };
}

/** Its age in words; nothing where nobody knows it. */
export function staleAge({ ageSeconds }: StaleView): string {
  return ageSeconds === undefined ? '' : duration(ageSeconds);
}
