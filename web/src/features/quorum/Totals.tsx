import type { ReactNode } from 'react';
import { count, percent } from '../../copy/format';
import { trendWords } from '../../copy/trendWords';
import { words } from '../../copy/words';
import { lazily } from '../../app/lazily';
import { Plate } from '../../design/Plate';
import { Spark } from '../../design/Spark';
import { WIDE, useAtLeast } from '../../design/useWidth';
import { useSummaryStore } from '../../stores/summaryStore';
import { ProblemTotal } from '../problems/ProblemTotal';

/** The one total that narrower screens do without, and that is asked for apart. */
const NetTotal = lazily(async () => (await import('./NetTotal')).NetTotal, () => undefined);

/** The totals, healthy or not; stale resources are not in them, and it says so. */
export function Totals() {
  const { summary, series } = useSummaryStore();
  const nodesPartly = summary.nodes.total > 0 && summary.nodes.reporting < summary.nodes.total ? words.totals.reporting(summary.nodes.reporting, summary.nodes.total) : undefined;
  const storagesPartly = summary.storages.reporting < summary.storages.total ? words.totals.reporting(summary.storages.reporting, summary.storages.total) : undefined;
  const guestsPartly = summary.guests.reporting < summary.guests.total ? words.totals.reporting(summary.guests.reporting, summary.guests.total) : undefined;
  const roomy = useAtLeast(WIDE);
  const cached = Math.round((summary.cache ?? 0) * 100);
  return (
    <dl className="vit">
      <Vital name={words.totals.cpu} value={percent(summary.cpu.share)} partly={nodesPartly}><Spark points={series.cpu} /></Vital>
      <Vital name={words.totals.ram} value={percent(summary.memory.share)} partly={nodesPartly}>{cached > 0 ? <span className="s12 t3 cached">{trendWords.cache(cached)}</span> : <Spark points={series.memory} />}</Vital>
      <Vital name={words.totals.storage} value={percent(summary.storage.share)} partly={storagesPartly}><Spark points={series.storage} /></Vital>
      {roomy && <div className="net" data-total={trendWords.net}><dt>{trendWords.net}</dt><dd><NetTotal /></dd></div>}
      <Vital name={words.totals.guests} value={summary.guests.reporting > 0 ? count(summary.guests.running) : '–'} of={summary.guests.total > 0 ? count(summary.guests.total) : undefined} partly={guestsPartly} />
      <QuorumBadge />
      <ProblemTotal />
    </dl>
  );
}

function Vital({ name, value, of, partly, children }: { name: string; value: string; of?: string; partly?: string; children?: ReactNode }) {
  return (
    <div className={partly ? 'partly' : undefined} title={partly} data-total={name}>
      <dt>{name}</dt>
      <dd>
        <span className="n">{value}</span>
        {of !== undefined && <span className="n t3">/{of}</span>}
        {partly && <span className="sr">, {partly}</span>}
        {children}
      </dd>
    </div>
  );
}

function QuorumBadge() {
  const { votes, expected, quorate, clusters } = useSummaryStore((state) => state.summary.quorum);
  return (
    <div data-total={words.totals.quorum}>
      <dt>{words.totals.quorum}</dt>
      <dd>
        {clusters === 0 ? (
          <span className="n">–</span>
        ) : (
          <>
            <span className="n">{votes}</span>
            <span className="n t3">/{expected}</span>
          </>
        )}
        {quorate === false && <Plate kind="critical">{words.totals.quorumLost.toUpperCase()}</Plate>}
      </dd>
    </div>
  );
}
