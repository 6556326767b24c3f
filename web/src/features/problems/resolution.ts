import { resolutionWords } from '../../copy/resolutionWords';
import type { ActivityState } from '../../stores/activityStore';
import type { Attempt, KnownProblem } from '../../transport/problemWire';
import { stateOf } from './remedies';

/** What the server says where it knows no more than that the condition is gone. */
const BLAND = 'It is over.';

/** What was tried last and succeeded. */
function mendedBy({ attempts }: Pick<KnownProblem, 'attempts'>, actions: ActivityState['actions']): Attempt | undefined {
  return attempts.findLast((attempt) => stateOf(attempt, actions) === 'SUCCEEDED');
}

function nameOf(attempt: Attempt, { remedies }: Pick<KnownProblem, 'remedies'>, actions: ActivityState['actions']): string {
  const known = remedies.find(({ id }) => id === attempt.remedy)?.title;
  if (known !== undefined) return known;
  // What is over needs no remedies any more; the action is still known by what it was.
  const action = actions.get(attempt.action);
  return action ? [action.title ?? action.tool, ...(action.targetNames ?? [])].join(' ') : attempt.remedy;
}

/** What ended a problem: what the server says beyond that it ended, or else what mended it, if anything did. */
export function resolutionOf(problem: KnownProblem, actions: ActivityState['actions']): string {
  if (problem.resolution && problem.resolution !== BLAND) return problem.resolution;
  const attempt = mendedBy(problem, actions);
  return attempt ? resolutionWords.mended(nameOf(attempt, problem, actions), attempt.by) : resolutionWords.itself;
}
