import { words } from '../../copy/words';
import { announceNow } from '../../a11y/announcer';
import { api } from '../../app/server';
import { ApiError } from '../../transport/api';
import { actionReply, type Action } from '../../transport/wire';
import { useActivityStore } from '../../stores/activityStore';
import { useApprovalsStore } from '../../stores/approvalsStore';
import { useUiStore } from '../../stores/uiStore';
import { run, type Outcome, type Request } from './consentFlow';

const ui = () => useUiStore.getState();

/** Tells the person how the thing they asked for goes on, in a toast and in the activity list. */
export function report(outcome: Outcome, title: string): void {
  const action = outcome.is === 'failed' ? undefined : outcome.action;
  if (action?.id) {
    useActivityStore.getState().noteAction(action);
    useApprovalsStore.getState().noteAction(action, Date.now());
    ui().addToast({ title: action.title ?? title, actionId: action.id });
    return;
  }
  const failure = outcome.is === 'failed' || outcome.is === 'refused' ? outcome.reason : words.actions.planChanged;
  ui().addToast({ title, failure });
  announceNow(`${title}: ${failure}`);
}

/** One click: it runs if its tier allows that, and waits among the approvals otherwise. */
export async function runAtOnce(request: Request, title: string): Promise<void> {
  report(await settled(run(api, request)), title);
}

/** How it went; also where it did not go at all. */
export async function settled(outcome: Promise<Outcome>): Promise<Outcome> {
  try {
    return await outcome;
  } catch {
    return { is: 'failed', reason: words.session.unreachable };
  }
}

export function canUndo(action: Action): boolean {
  return action.undo?.available === true && action.state === 'SUCCEEDED';
}

/** Undo is an action of its own, decided afresh; when it needs consent it appears among the approvals. */
export async function undo(action: Action): Promise<void> {
  await follow(action, 'undo', `${words.activity.undo}: ${action.title ?? action.tool}`);
}

export async function cancel(action: Action): Promise<void> {
  await follow(action, 'cancel', `${words.activity.cancel}: ${action.title ?? action.tool}`);
}

async function follow(action: Action, verb: 'undo' | 'cancel', title: string): Promise<void> {
  if (!action.id) return;
  try {
    const reply = await api.post(`api/actions/${encodeURIComponent(action.id)}/${verb}`, {}, actionReply);
    report({ is: 'under-way', action: reply.action }, title);
  } catch (error) {
    const known = error instanceof ApiError ? error : undefined;
    report({ is: 'failed', reason: known?.message ?? words.session.unreachable }, title);
  }
}
