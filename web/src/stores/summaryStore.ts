import { create } from 'zustand';
import { useClusterStore } from './clusterStore';
import { useConnectionStore } from './connectionStore';
import { moment } from './freshSelectors';
import { summarize, type Summary } from './summary';

const SERIES_POINTS = 40;
const SERIES_EVERY_MS = 5_000;

interface SummaryState {
  summary: Summary;
  /** A short past of the totals, as this page saw them. */
  series: Readonly<Record<'cpu' | 'memory' | 'storage', readonly number[]>>;
}

function current(): Summary {
  return summarize(useClusterStore.getState(), moment(useConnectionStore.getState()));
}

export const useSummaryStore = create<SummaryState>()(() => ({
  summary: current(),
  series: { cpu: [], memory: [], storage: [] },
}));

let lastPointAt = 0;

function point(series: readonly number[], share: number | undefined): readonly number[] {
  return share === undefined ? series : [...series, share].slice(-SERIES_POINTS);
}

/** Sums up again; called once a second, and at once when a line or a snapshot changes. */
export function refreshSummary(): void {
  const summary = current();
  const { series } = useSummaryStore.getState();
  const { now } = useConnectionStore.getState();
  if (now - lastPointAt < SERIES_EVERY_MS) {
    useSummaryStore.setState({ summary });
    return;
  }
  lastPointAt = now;
  useSummaryStore.setState({
    summary,
    series: {
      cpu: point(series.cpu, summary.cpu.share),
      memory: point(series.memory, summary.memory.share),
      storage: point(series.storage, summary.storage.share),
    },
  });
}
