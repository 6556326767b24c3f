/** So long nothing else is waited for. */
const AT_THE_LATEST_MS = 4_000;

/** What people reach for first; each is fetched once, whoever asks for it first. */
const parts: readonly (() => Promise<unknown>)[] = [
  () => import('../features/problems/RemedyPlan'),
  () => import('../features/problems/ProblemDetail'),
  () => import('../features/approvals/ApprovalCard'),
  () => import('../features/actions/ConsentSheet'),
  () => import('../features/actions/OpenMenu'),
  () => import('../features/guests/GuestDetail'),
  () => import('../features/nodes/OpenNode'),
  () => import('../features/storages/OpenStorage'),
  () => import('../features/palette/PaletteSheet'),
  () => import('../features/chat/ChatDesk'),
  () => import('../features/activity/ActionDetail'),
  () => import('../features/session/LoginForm'),
];

/**
 * Fetches, once the page stands and has nothing to do, what acting on it takes: it opens at once then, and also when the server was
 * updated meanwhile. What cannot be had now is fetched when it is asked for.
 */
export function warm(): () => void {
  let wanted = true;
  const fetchAll = async () => {
    for (const part of parts) {
      if (!wanted) return;
      await part().catch(() => undefined);
    }
  };
  if (typeof window.requestIdleCallback === 'function') {
    const idle = window.requestIdleCallback(() => void fetchAll(), { timeout: AT_THE_LATEST_MS });
    return () => {
      wanted = false;
      window.cancelIdleCallback(idle);
    };
  }
  const timer = window.setTimeout(() => void fetchAll(), AT_THE_LATEST_MS);
  return () => {
    wanted = false;
    window.clearTimeout(timer);
  };
}
