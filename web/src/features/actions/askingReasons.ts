import type { Action } from '../../transport/wire';

const SILENT = new Set(['allow', 'allow-and-record']);

/** Why a person is asked: the words of the policies that did not just allow it. All of them when none says what it decided. */
export function askingReasons(action: Action): readonly string[] {
  const decisions = action.decisions ?? [];
  if (decisions.length === 0) return action.reasons ?? [];
  return decisions.flatMap(({ verdict, reason }) => (SILENT.has(verdict) || !reason ? [] : [reason]));
}
