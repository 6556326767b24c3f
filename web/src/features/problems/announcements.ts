import { words } from '../../copy/words';
import type { Matter } from '../../stores/summary';
import type { KnownProblem } from '../../transport/problemWire';
import { headOf } from './names';

/** Something critical, for the one announcement that it gets. */
export interface Critical {
  key: string;
  /** What it was known as before Jarvis found it to be a problem, if it was. */
  before?: string;
  sentence: string;
}

const matterKey = (ref: string): string => `matter ${ref}`;

export function criticalsOf(problems: readonly KnownProblem[], matters: readonly Matter[], sentence: (matter: Matter) => string): Critical[] {
  return [
    ...problems
      .filter(({ severity }) => severity === 'critical')
      .map((problem) => ({ key: problem.id, sentence: words.problems.critical(headOf(problem), problem.summary), ...(problem.ref ? { before: matterKey(problem.ref) } : {}) })),
    ...matters.filter(({ severity }) => severity === 'critical').map((matter) => ({ key: matterKey(matter.ref), sentence: sentence(matter) })),
  ];
}

/** What to say of that which was not critical before; nothing where all was. */
export function newCritical(known: ReadonlySet<string>, criticals: readonly Critical[]): string | undefined {
  const fresh = criticals.filter(({ key, before }) => !known.has(key) && !(before !== undefined && known.has(before)));
  const [first] = fresh;
  if (!first) return undefined;
  return fresh.length === 1 ? first.sentence : words.problems.criticalMore(first.sentence, fresh.length - 1);
}
