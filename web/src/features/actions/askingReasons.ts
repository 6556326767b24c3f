import type { Action } from '../../transport/wire';

const SILENT = new Set(['allow', 'allow-and-record']);

/**
 * Why a person is asked: the words of the policies that did not just allow it, all of them when none says what it decided.
 * Each is said once, and not at all where it stands among the consequences.
 */
export function askingReasons(action: Action): readonly string[] {
  const decisions = action.decisions ?? [];
  const all = decisions.length === 0 ? (action.reasons ?? []) : decisions.flatMap(({ verdict, reason }) => (SILENT.has(verdict) || !reason ? [] : [reason]));
  const said = new Set(action.impact?.effects ?? []);
  return [...new Set(all)].filter((reason) => !said.has(reason));
}
