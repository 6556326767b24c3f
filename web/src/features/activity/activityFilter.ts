import type { ActivityEntry, ActivityState } from '../../stores/activityStore';

export const activityKinds = ['all', 'actions', 'changes'] as const;
export type ActivityKind = (typeof activityKinds)[number];

export interface ActivityFilter {
  kind: ActivityKind;
  /** The name of whoever asked; nobody in particular where empty. What nobody asked for has no actor. */
  actor: string;
}

export const everything: ActivityFilter = { kind: 'all', actor: '' };

/** Everybody who asked for something that is listed, in order. */
export function actorsOf(actions: ActivityState['actions']): string[] {
  return [...new Set([...actions.values()].flatMap(({ principal }) => (principal ? [principal.name] : [])))].sort((a, b) => a.localeCompare(b));
}

export function fits(entry: ActivityEntry, actions: ActivityState['actions'], { kind, actor }: ActivityFilter): boolean {
  if (kind === 'actions' && entry.kind !== 'action') return false;
  if (kind === 'changes' && entry.kind === 'action') return false;
  if (actor === '') return true;
  return entry.kind === 'action' && actions.get(entry.actionId)?.principal?.name === actor;
}
