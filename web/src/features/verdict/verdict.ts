import { timeOfDay } from '../../copy/format';
import { statusWord, words } from '../../copy/words';
import type { Link } from '../../transport/channel';
import type { Matter, Summary } from '../../stores/summary';
import type { KnownProblem } from '../../transport/problemWire';
import type { Unexplained } from './causes';

export interface VerdictInput {
  loaded: boolean;
  link: Link;
  /** What reports. */
  summary: Pick<Summary, 'nodes' | 'guests'>;
  /** What no problem tells of. */
  unexplained: Unexplained;
  /** The problems that want somebody and are more than a note, the worst first. */
  problems: readonly KnownProblem[];
  approvals: number;
  clusters: number;
  now: number;
}

export interface Verdict {
  head: string;
  detail: string;
  /** How much wants somebody; undefined where that is not known. */
  wanting?: number;
}

const MOST_NAMED = 3;

export function matterWords({ name, kind, status, reason }: Matter): string {
  // The server's reason is a sentence of its own.
  if (reason !== undefined) return words.verdict.reason(name, reason);
  return words.verdict.matter(name, kind === 'storage' && status === 'available' ? 'nearly full' : statusWord(status));
}

function facts({ unexplained: { matters, stale }, problems, approvals }: VerdictInput): string[] {
  const all = [...problems.map((problem) => problem.summary), ...matters.map(matterWords)];
  return [
    ...all.slice(0, MOST_NAMED),
    ...(all.length > MOST_NAMED ? [words.verdict.more(all.length - MOST_NAMED)] : []),
    ...(approvals > 0 ? [words.verdict.approvals(approvals)] : []),
    ...(stale > 0 ? [words.verdict.stale(stale)] : []),
  ];
}

/** The one sentence that somebody reads who looks up for two seconds, and the facts beneath it. */
export function verdictOf(input: VerdictInput): Verdict {
  const { link, summary, unexplained: { matters, stale }, problems, now } = input;
  if (!input.loaded) return { head: words.verdict.waiting, detail: words.verdict.waitingDetail };
  if (link.phase !== 'live') {
    const since = link.phase === 'idle' ? now : link.downSince;
    return { head: words.verdict.lost, detail: words.verdict.lostDetail(timeOfDay(since)) };
  }
  if (input.clusters === 0) return { head: words.verdict.unconfigured, detail: words.verdict.unconfiguredDetail };
  const wanting = matters.length + problems.length + input.approvals + (stale > 0 ? 1 : 0);
  const detail = facts(input).join(' ');
  if ([...problems, ...matters].some(({ severity }) => severity === 'critical')) return { head: words.verdict.bad(wanting), detail, wanting };
  const greeting = `${words.greeting(new Date(now).getHours())}.`;
  if (wanting > 0) return { head: `${greeting} ${words.verdict.matters(wanting)}`, detail, wanting };
  return { head: `${greeting} ${words.verdict.quiet(summary.nodes.reporting, summary.guests.total)}`, detail: words.verdict.quietDetail, wanting };
}
