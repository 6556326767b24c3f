import { useEffect, useRef } from 'react';
import { useClusterStore } from '../../stores/clusterStore';
import { useConnectionStore } from '../../stores/connectionStore';
import { freshnessOf, moment } from '../../stores/freshSelectors';
import { useProblemsStore } from '../../stores/problemsStore';
import { severityOf } from '../../stores/severity';
import { useSummaryStore } from '../../stores/summaryStore';
import { useUiStore } from '../../stores/uiStore';

/** More nodes than this do not all get a card. */
export const MOST_CARDS = 12;

function urgency(ref: string): number {
  const cluster = useClusterStore.getState();
  const item = cluster.entities.get(ref);
  if (!item) return 0;
  const { marks, problems } = useProblemsStore.getState();
  const found = problems.get(marks.get(ref) ?? '')?.severity;
  const own = severityOf(item);
  if (own === 'critical' || found === 'critical') return 3;
  if (own === 'warning' || found === 'warning') return 2;
  return freshnessOf(item, cluster, moment(useConnectionStore.getState())).stale ? 1 : 0;
}

/** Which nodes get a card, the worst first: all where they are few, else those that are not well and those that are open. */
export function useCards(refs: readonly string[], held: boolean): readonly string[] {
  // Once a second, and whenever the summary changes.
  useSummaryStore((state) => state.summary);
  const open = useUiStore((state) => state.open);
  const before = useRef<readonly string[]>([]);
  const ranked = refs.map((ref) => ({ ref, at: urgency(ref) })).filter(({ ref, at }) => at > 0 || open.has(ref));
  const now = ranked.sort((a, b) => b.at - a.at).map(({ ref }) => ref);
  // Under the hand nothing moves but what the hand itself opens or closes.
  const kept = before.current.filter((ref) => refs.includes(ref));
  const cards = held ? [...kept, ...now.filter((ref) => open.has(ref) && !kept.includes(ref))] : now;
  useEffect(() => {
    before.current = cards;
  });
  return refs.length <= MOST_CARDS ? refs : cards;
}
