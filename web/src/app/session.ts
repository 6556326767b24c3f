import { ApiError } from '../transport/api';
import { health, loginReply, me, nothing } from '../transport/wire';
import { words } from '../copy/words';
import { useActivityStore } from '../stores/activityStore';
import { useApprovalsStore } from '../stores/approvalsStore';
import { useChatStore } from '../stores/chatStore';
import { useClusterStore } from '../stores/clusterStore';
import { useExtensionsStore } from '../stores/extensionsStore';
import { useGuardrailsStore } from '../stores/guardrailsStore';
import { usePresentedStore } from '../stores/presentedStore';
import { useProblemsStore } from '../stores/problemsStore';
import { useSessionStore } from '../stores/sessionStore';
import { useTerminalStore } from '../stores/terminalStore';
import { api, closeOverlays, loseSession } from './server';

const RETRY_MS = 2_000;
const session = () => useSessionStore.getState();

/** Finds out where the person stands: first run, signed out, signed in, or no server at all. */
export async function findSession(): Promise<void> {
  try {
    const state = await api.get('api/health', health);
    session().set({ health: state, healthAt: Date.now() });
    if (state.setupRequired) {
      session().set({ phase: 'setup' });
      return;
    }
    const known = await api.get('api/auth/me', me);
    enter(known.username, known.csrfToken ?? undefined);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      session().set({ phase: 'login' });
      return;
    }
    session().set({ phase: 'unreachable', notice: error instanceof ApiError ? error.message : words.session.unreachable });
    setTimeout(() => void findSession(), RETRY_MS);
  }
}

/** Another person sees nothing of what the one before had on screen. */
function enter(username: string, csrfToken: string | undefined): void {
  const before = session().username;
  if (before !== undefined && before !== username) forgetEverything();
  session().set({ phase: 'in', username, csrfToken, notice: undefined });
}

function forgetEverything(): void {
  useClusterStore.getState().reset();
  useActivityStore.getState().reset();
  useApprovalsStore.getState().reset();
  useExtensionsStore.getState().reset();
  useProblemsStore.getState().reset();
  useGuardrailsStore.getState().reset();
  useTerminalStore.getState().reset();
  useChatStore.getState().reset();
  usePresentedStore.getState().reset();
}

export async function setUp(token: string, username: string, password: string): Promise<void> {
  await api.post('api/auth/setup', { token, username, password }, nothing);
  await signIn(username, password);
}

export async function signIn(username: string, password: string): Promise<void> {
  const { csrfToken } = await api.post('api/auth/login', { username, password, kind: 'session' }, loginReply);
  enter(username, csrfToken);
}

/** While somebody signs out, the sockets close before the answer comes: that session was not lost. */
let leaving = false;
const isLeaving = (): boolean => leaving;

export async function signOut(): Promise<void> {
  leaving = true;
  try {
    await api.post('api/auth/logout', {}, nothing);
  } finally {
    leaving = false;
  }
  closeOverlays();
  forgetEverything();
  session().set({ phase: 'login', csrfToken: undefined, username: undefined, notice: undefined });
}

/** Sockets cannot say why they were refused; asking for the person tells. */
export async function checkSession(): Promise<void> {
  if (session().phase !== 'in' || isLeaving()) return;
  try {
    const known = await api.get('api/auth/me', me);
    session().set({ csrfToken: known.csrfToken ?? undefined });
  } catch (error) {
    if (error instanceof ApiError && error.status === 401 && !isLeaving()) loseSession(words.session.ended);
  }
}

export async function refreshHealth(): Promise<void> {
  try {
    session().set({ health: await api.get('api/health', health), healthAt: Date.now() });
  } catch {
    // The connection bar tells about a server that does not answer.
  }
}
