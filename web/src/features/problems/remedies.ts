import { hasEnded, type ActivityState } from '../../stores/activityStore';
import type { Attempt, KnownProblem, Remedy } from '../../transport/problemWire';
import type { PlanStep } from '../../transport/wire';

/** One tool call that its tier lets run by a click; everything else is looked at first. */
export function isOneClick(remedy: Remedy): boolean {
  return remedy.steps.length <= 1 && (remedy.tier === 'GREEN' || remedy.tier === 'YELLOW');
}

/** The best remedy that is not ruled out from the start; those that are come last, and say why when they are opened. */
export function bestOf(remedies: readonly Remedy[]): Remedy | undefined {
  return remedies.find(({ tier }) => tier !== 'BLACK');
}

/** How an attempt stands: by the action itself where this page follows it, for that is told of sooner. */
export function stateOf(attempt: Attempt, actions: ActivityState['actions']): string | undefined {
  return actions.get(attempt.action)?.state ?? attempt.state ?? undefined;
}

/** Whether a remedy is under way, so that nobody asks for the next one meanwhile. */
export function isBeingMended(problem: KnownProblem, actions: ActivityState['actions']): boolean {
  return problem.attempts.some((attempt) => {
    const state = stateOf(attempt, actions);
    return state !== undefined && !hasEnded({ state });
  });
}

/** Whether a step leaves a way back. Unknown is not the same as none. */
export function reversal(step: PlanStep): 'read-only' | 'undoable' | 'irreversible' | undefined {
  if (step.effect === 'observes') return 'read-only';
  if (step.undo === undefined) return undefined;
  return step.undo === null ? 'irreversible' : 'undoable';
}

/**
 * The gate tells of a plan's effects in one list, in which each step's begin with its name; here they stand beneath
 * their steps. What belongs to none is the plan's own.
 */
export function effectsByStep(effects: readonly string[], steps: readonly PlanStep[]): { own: string[]; bySteps: string[][] } {
  const own: string[] = [];
  const bySteps: string[][] = steps.map(() => []);
  let current = own;
  for (const effect of effects) {
    const at = steps.findIndex(({ summary }, index) => summary !== undefined && summary !== null && effect === `Step ${String(index + 1)}: ${summary}`);
    if (at === -1) current.push(effect);
    else current = bySteps[at] ?? own;
  }
  return { own, bySteps };
}
