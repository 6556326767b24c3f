import { bootWords as say } from '../../copy/bootWords';
import type { Summary } from '../../stores/summary';
import type { Guardrails, Health } from '../../transport/wire';

/** One thing that was really asked, and what came back. */
export interface Check {
  name: string;
  state: 'pending' | 'good' | 'bad';
  text: string;
}

export interface BootInput {
  health: Health | undefined;
  live: boolean;
  down: boolean;
  loaded: boolean;
  clusters: number;
  summary: Summary;
  problems: { list: 'unknown' | 'known' | 'failed'; open: number; why: string | undefined };
  guardrails: Guardrails | undefined;
}

const check = (name: string, good: boolean, text: string): Check => ({ name, state: good ? 'good' : 'bad', text });

/** From what the page has heard so far and from nothing else: what did not answer yet is pending. */
export function checksOf({ health, live, down, loaded, clusters, summary, problems, guardrails }: BootInput): Check[] {
  const { names } = say;
  const pending = (name: string): Check => ({ name, state: 'pending', text: say.pending });
  const once = (known: boolean, name: string, answer: () => Check): Check => (known ? answer() : pending(name));
  const { nodes, guests, storages, quorum } = summary;
  return [
    once(health !== undefined, names.server, () => check(names.server, health?.status === 'UP', say.server(health?.version ?? undefined, (health?.status ?? '').toLowerCase()))),
    once(live || down, names.line, () => check(names.line, live, live ? say.live : say.noLine)),
    once(loaded, names.clusters, () => check(names.clusters, clusters > 0 && quorum.quorate !== false, clusters === 0 ? say.none : say.clusters(clusters) + (quorum.clusters > 0 ? say.quorum(quorum.votes, quorum.expected) : ''))),
    once(loaded, names.nodes, () => check(names.nodes, nodes.reporting === nodes.total, say.of(nodes.reporting, nodes.total))),
    once(loaded, names.guests, () => check(names.guests, guests.reporting === guests.total, say.guests(guests.running, guests.total))),
    once(loaded, names.storages, () => check(names.storages, storages.reporting === storages.total, say.of(storages.reporting, storages.total))),
    once(problems.list !== 'unknown', names.problems, () => check(names.problems, problems.list === 'known' && problems.open === 0, problems.list === 'known' ? say.problems(problems.open) : say.unknown(problems.why))),
    once(guardrails !== undefined, names.guardrails, () => check(names.guardrails, guardrails?.halted === false, say.guardrails(guardrails?.autonomy ?? '', guardrails?.halted ?? false))),
  ];
}
