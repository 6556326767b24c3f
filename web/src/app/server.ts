import { createApi } from '../transport/api';
import { me } from '../transport/wire';
import { useSessionStore } from '../stores/sessionStore';

/** The one way from this page to Jarvis's REST interface. */
export const api = createApi({
  fetch: (input, init) => fetch(input, init),
  csrfToken: () => useSessionStore.getState().csrfToken,
  onUnauthenticated: () => loseSession(),
  renewToken: async () => {
    const { csrfToken, username } = await api.get('api/auth/me', me);
    useSessionStore.getState().set({ csrfToken: csrfToken ?? undefined, username });
    return csrfToken !== undefined && csrfToken !== null;
  },
});

/** Back to the login form; what is on screen stays there, as stale. */
export function loseSession(notice?: string): void {
  if (useSessionStore.getState().phase !== 'in') return;
  useSessionStore.getState().set({ phase: 'login', csrfToken: undefined, notice });
}
