import { useEffect, useRef } from 'react';
import { words } from '../../copy/words';
import { announceNow, announcePolitely } from '../../a11y/announcer';
import { hasEnded, useActivityStore } from '../../stores/activityStore';
import { useClusterStore } from '../../stores/clusterStore';
import { useConnectionStore } from '../../stores/connectionStore';
import { useSummaryStore } from '../../stores/summaryStore';
import { useWaitingCount } from '../../stores/waiting';
import { verdictOf } from './verdict';

const runningCount = (state: ReturnType<typeof useActivityStore.getState>) => [...state.actions.values()].filter((action) => !hasEnded(action) && action.state === 'RUNNING').length;

export function VerdictLine() {
  const loaded = useClusterStore((state) => state.loaded);
  const clusters = useClusterStore((state) => state.refs.cluster.length);
  const link = useConnectionStore((state) => state.links.cluster);
  // The greeting needs the hour, not the second.
  const hour = useConnectionStore((state) => Math.floor(state.now / 3_600_000));
  const summary = useSummaryStore((state) => state.summary);
  const approvals = useWaitingCount();
  const running = useActivityStore(runningCount);
  const verdict = verdictOf({ loaded, link, summary, approvals, clusters, now: hour * 3_600_000 + (Date.now() % 3_600_000) });
  const critical = summary.matters.filter((matter) => matter.severity === 'critical').length;
  useAnnouncements(critical, approvals, verdict.detail);

  return (
    <section className="p hero" aria-label={verdict.head}>
      <div>
        <h1>{verdict.head}</h1>
        <p>{verdict.detail}</p>
      </div>
      <dl className="tot">
        <Count n={critical} label={words.verdict.counts.critical} tone="crit" />
        <Count n={summary.matters.length - critical} label={words.verdict.counts.warning} tone="warn" />
        <Count n={approvals} label={words.verdict.counts.approval} tone="hi" />
        <Count n={summary.stale} label={words.verdict.counts.stale} tone="stale" />
        <Count n={running} label={words.verdict.counts.running} tone="text2" />
      </dl>
    </section>
  );
}

function Count({ n, label, tone }: { n: number; label: string; tone: string }) {
  return (
    <div className={n === 0 ? 'zero' : undefined}>
      <dd className={`n tone-${tone}`}>{n}</dd>
      <dt>{label}</dt>
    </div>
  );
}

/** New critical: at once. Counts: in a digest. */
function useAnnouncements(critical: number, approvals: number, detail: string): void {
  const before = useRef({ critical: 0, approvals: 0 });
  useEffect(() => {
    if (critical > before.current.critical) announceNow(detail);
    else if (approvals > before.current.approvals) announcePolitely(words.approvals.announce(approvals));
    before.current = { critical, approvals };
  }, [critical, approvals, detail]);
}
