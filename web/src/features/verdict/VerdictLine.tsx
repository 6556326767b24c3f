import { useEffect, useMemo, useRef } from 'react';
import { words } from '../../copy/words';
import { lazily } from '../../app/lazily';
import { WIDE, useAtLeast } from '../../design/useWidth';
import { announceNow, announcePolitely } from '../../a11y/announcer';
import { hasEnded, useActivityStore } from '../../stores/activityStore';
import { useClusterStore } from '../../stores/clusterStore';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { useMaintenanceStore } from '../../stores/maintenanceStore';
import { useProblemsStore, wanting } from '../../stores/problemsStore';
import { useSummaryStore } from '../../stores/summaryStore';
import { useWaitingCount } from '../../stores/waiting';
import { criticalsOf, newCritical, type Critical } from '../problems/announcements';
import { unexplained } from './causes';
import { Ring } from './Ring';
import { matterWords, verdictOf } from './verdict';

const runningCount = (state: ReturnType<typeof useActivityStore.getState>) => [...state.actions.values()].filter((action) => !hasEnded(action) && action.state === 'RUNNING').length;

const Day = lazily(async () => (await import('./DayTrace')).DayTrace, () => undefined);

const nothing: ReadonlyMap<string, unknown> = new Map();

export function VerdictLine() {
  const loaded = useClusterStore((state) => state.loaded);
  const clusters = useClusterStore((state) => state.refs.cluster.length);
  const link = useConnectionStore((state) => state.links.cluster);
  // The greeting needs the hour, not the second.
  const hour = useConnectionStore((state) => Math.floor(state.now / 3_600_000));
  const summary = useSummaryStore((state) => state.summary);
  const works = useMaintenanceStore((state) => state.works);
  const live = useConnectionStore(isLive);
  const known = useProblemsStore((state) => state.problems);
  const order = useProblemsStore((state) => state.order);
  const byRef = useProblemsStore((state) => state.byRef);
  const approvals = useWaitingCount();
  const running = useActivityStore(runningCount);
  const roomy = useAtLeast(WIDE);
  const all = useMemo(() => (live ? wanting({ problems: known, order }) : []), [live, known, order]);
  const problems = useMemo(() => all.filter(({ severity }) => severity !== 'info'), [all]);
  const rest = useMemo(() => unexplained(summary, live ? byRef : nothing, works), [summary, live, byRef, works]);
  const verdict = verdictOf({ loaded, link, summary, unexplained: rest, problems, approvals, clusters, now: hour * 3_600_000 + (Date.now() % 3_600_000) });
  const criticals = useMemo(() => criticalsOf(problems, rest.matters, matterWords), [problems, rest]);
  const critical = criticals.length;
  useAnnouncements(live, criticals, all.length, approvals);

  return (
    <section className="p hero" aria-label={verdict.head}>
      <Ring wanting={verdict.wanting} />
      <div>
        <h1>{verdict.head}</h1>
        <p title={verdict.detail}>{verdict.detail}</p>
        {roomy && <Day />}
      </div>
      <dl className="tot">
        <Count n={critical} label={words.verdict.counts.critical} tone="crit" />
        <Count n={rest.matters.length + problems.length - critical} label={words.verdict.counts.warning} tone="warn" />
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

/** New critical: at once. Counts: in a digest. While the line is down nothing is new. */
function useAnnouncements(live: boolean, criticals: readonly Critical[], open: number, approvals: number): void {
  const before = useRef<{ keys: ReadonlySet<string>; open: number; approvals: number }>({ keys: new Set(), open: 0, approvals: 0 });
  useEffect(() => {
    if (!live) return;
    const said = newCritical(before.current.keys, criticals);
    if (said !== undefined) announceNow(said);
    else if (approvals > before.current.approvals) announcePolitely(words.approvals.announce(approvals));
    else if (open !== before.current.open) announcePolitely(words.problems.announce(open));
    before.current = { keys: new Set(criticals.map(({ key }) => key)), open, approvals };
  }, [live, criticals, open, approvals]);
}
