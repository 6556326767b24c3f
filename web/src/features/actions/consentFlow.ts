import { words } from '../../copy/words';
import { ApiError, type Api } from '../../transport/api';
import { actionReply, nothing, type Action } from '../../transport/wire';

/** What asking and approving in one gesture came to. */
export type Outcome =
  /** It runs, or has ended. */
  | { is: 'under-way'; action: Action }
  /** What was consented to is not what would run now: show the new consequences and ask again. */
  | { is: 'plan-changed'; action: Action | undefined }
  | { is: 'refused'; action: Action | undefined; reason: string }
  | { is: 'failed'; reason: string };

/** What is asked of the gate: a tool, or the remedy of a problem. Both are previewed and run alike. */
export interface Request {
  path: string;
  body: Record<string, unknown>;
}

export interface Previewed {
  request: Request;
  action: Action;
}

/** The hooks by which the approvals list learns that a card belongs to this gesture. */
export interface GestureNotes {
  begin: () => void;
  end: () => void;
  forget: (approvalId: string) => void;
}

export const toolRequest = (tool: string, args: Record<string, unknown>): Request => ({ path: `api/tools/${encodeURIComponent(tool)}`, body: { arguments: args } });

export const remedyRequest = (problem: string, remedy: string, firstStepOnly: boolean): Request => ({
  path: `api/problems/${encodeURIComponent(problem)}/remedies/${encodeURIComponent(remedy)}`,
  body: firstStepOnly ? { firstStepOnly } : {},
});

/** The fingerprint that consent binds to. */
export function fingerprintOf(action: Action): string | undefined {
  return action.fingerprint ?? action.approval?.fingerprint ?? undefined;
}

/** The consequences in the server's words; a refusal is an answer like any other. */
export async function preview(api: Api, request: Request): Promise<Previewed> {
  try {
    const { action } = await api.post(`${request.path}/preview`, request.body, actionReply);
    return { request, action };
  } catch (error) {
    if (error instanceof ApiError && error.refused) return { request, action: error.refused };
    throw error;
  }
}

function failure(error: unknown): Outcome {
  if (!(error instanceof ApiError)) throw error;
  if (error.status === 403 && error.refused) {
    return { is: 'refused', action: error.refused, reason: error.refused.reasons?.join(' ') ?? error.message };
  }
  if (error.status === 409) return { is: 'plan-changed', action: undefined };
  return { is: 'failed', reason: error.message };
}

/** Asks without consent of its own: it runs if its tier allows that. */
export async function run(api: Api, request: Request, waitSeconds?: number): Promise<Outcome> {
  try {
    const wait = waitSeconds === undefined ? '' : `?wait=${String(waitSeconds)}s`;
    const { action } = await api.post(`${request.path}${wait}`, request.body, actionReply);
    return { is: 'under-way', action };
  } catch (error) {
    return failure(error);
  }
}

async function withdraw(api: Api, approvalId: string): Promise<void> {
  try {
    await api.post(`api/approvals/${encodeURIComponent(approvalId)}`, { decision: 'reject' }, nothing);
  } catch {
    // It stays in the approvals list, where it can be decided or will expire.
  }
}

/** One gesture: ask for the action, then approve exactly what was previewed. */
export async function askAndApprove(api: Api, previewed: Previewed, typed: string | undefined, notes: GestureNotes): Promise<Outcome> {
  notes.begin();
  try {
    const asked = await run(api, previewed.request);
    if (asked.is !== 'under-way' || asked.action.state !== 'AWAITING_APPROVAL') return asked;
    const approval = asked.action.approval;
    if (!approval) return { is: 'failed', reason: words.actions.noApproval };
    const seen = fingerprintOf(previewed.action);
    if (seen === undefined || (approval.fingerprint ?? seen) !== seen) {
      notes.forget(approval.id);
      await withdraw(api, approval.id);
      return seen === undefined ? { is: 'failed', reason: words.actions.noFingerprint } : { is: 'plan-changed', action: undefined };
    }
    const approved = await decide(api, approval.id, 'approve', seen, typed);
    if (approved.is === 'under-way') notes.forget(approval.id);
    return approved;
  } finally {
    notes.end();
  }
}

export async function decide(
  api: Api,
  approvalId: string,
  decision: 'approve' | 'reject',
  fingerprint: string | undefined,
  typed: string | undefined,
): Promise<Outcome> {
  try {
    const body = { decision, ...(typed === undefined ? {} : { typed }), ...(fingerprint === undefined ? {} : { fingerprint }) };
    const { action } = await api.post(`api/approvals/${encodeURIComponent(approvalId)}`, body, actionReply);
    return { is: 'under-way', action };
  } catch (error) {
    return failure(error);
  }
}
