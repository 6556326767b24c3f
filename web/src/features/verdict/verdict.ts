import { timeOfDay } from '../../copy/format';
import { statusWord, words } from '../../copy/words';
import type { Link } from '../../transport/channel';
import type { Summary } from '../../stores/summary';

export interface VerdictInput {
  loaded: boolean;
  link: Link;
  summary: Summary;
  approvals: number;
  clusters: number;
  now: number;
}

export interface Verdict {
  head: string;
  detail: string;
}

const MOST_NAMED = 3;

function facts({ summary, approvals }: VerdictInput): string[] {
  const { matters } = summary;
  const named = matters.slice(0, MOST_NAMED).map(({ name, kind, status, reason }) => {
    // The server's reason is a sentence of its own.
    if (reason !== undefined) return words.verdict.reason(name, reason);
    return words.verdict.matter(name, kind === 'storage' && status === 'available' ? 'nearly full' : statusWord(status));
  });
  return [
    ...named,
    ...(matters.length > MOST_NAMED ? [words.verdict.more(matters.length - MOST_NAMED)] : []),
    ...(approvals > 0 ? [words.verdict.approvals(approvals)] : []),
    ...(summary.stale > 0 ? [words.verdict.stale(summary.stale)] : []),
  ];
}

/** The one sentence that somebody reads who looks up for two seconds, and the facts beneath it. */
export function verdictOf(input: VerdictInput): Verdict {
  const { link, summary, now } = input;
  if (!input.loaded) return { head: words.verdict.waiting, detail: words.verdict.waitingDetail };
  if (link.phase !== 'live') {
    const since = link.phase === 'idle' ? now : link.downSince;
    return { head: words.verdict.lost, detail: words.verdict.lostDetail(timeOfDay(since)) };
  }
  if (input.clusters === 0) return { head: words.verdict.unconfigured, detail: words.verdict.unconfiguredDetail };
  const wanting = summary.matters.length + input.approvals + (summary.stale > 0 ? 1 : 0);
  const detail = facts(input).join(' ');
  if (summary.matters.some((matter) => matter.severity === 'critical')) return { head: words.verdict.bad(wanting), detail };
  const greeting = `${words.greeting(new Date(now).getHours())}.`;
  if (wanting > 0) return { head: `${greeting} ${words.verdict.matters(wanting)}`, detail };
  return { head: `${greeting} ${words.verdict.quiet(summary.nodes.reporting, summary.guests.total)}`, detail: words.verdict.quietDetail };
}
