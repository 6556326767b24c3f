import { wallWords } from '../copy/wallWords';
import { words } from '../copy/words';
import { createApi } from '../transport/api';
import { me } from '../transport/wire';
import { useSessionStore } from '../stores/sessionStore';
import { useTerminalStore } from '../stores/terminalStore';
import { useUiStore } from '../stores/uiStore';

/** On a wall nothing is asked of Jarvis but to be let in and to show, whatever else of the page might ask. */
const asked: typeof fetch = (input, init) => {
  const reads = init?.method === undefined || init.method === 'GET';
  const path = typeof input === 'string' ? new URL(input, document.baseURI).pathname : '';
  if (useUiStore.getState().wall && !reads && !/\/api\/auth\/(login|setup)$/.test(path)) return Promise.reject(new TypeError(wallWords.readOnly));
  return fetch(input, init);
};

/** The one way from this page to Jarvis's REST interface. */
export const api = createApi({
  fetch: asked,
  csrfToken: () => useSessionStore.getState().csrfToken,
  onUnauthenticated: () => loseSession(words.session.ended),
  renewToken: async () => {
    const { csrfToken, username } = await api.get('api/auth/me', me);
    useSessionStore.getState().set({ csrfToken: csrfToken ?? undefined, username });
    return csrfToken !== undefined && csrfToken !== null;
  },
});

/** Back to the login form; what is on screen stays there, as stale. */
export function loseSession(notice?: string): void {
  if (useSessionStore.getState().phase !== 'in') return;
  closeOverlays();
  useSessionStore.getState().set({ phase: 'login', csrfToken: undefined, notice });
}

/** A modal sheet lies above the login form and would keep the keyboard from it. */
export function closeOverlays(): void {
  useUiStore.getState().showSheet(undefined);
  useUiStore.getState().showMenu(undefined);
  useUiStore.getState().openPalette(undefined);
  useTerminalStore.getState().ask(undefined);
}
