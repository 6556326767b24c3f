import type * as z from 'zod/mini';
import { words } from '../copy/words';
import { httpAddress } from './paths';
import { nothing, problem, type Action, type Problem } from './wire';

/** The server said no, or could not be understood; `code` is stable, `message` is for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly body: Problem = {},
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }

  get fieldErrors(): ReadonlyMap<string, string> {
    return new Map((this.body.errors ?? []).map((error) => [error.field, error.message]));
  }

  /** The refused action that travels with a refusal. */
  get refused(): Action | undefined {
    return this.body.action ?? undefined;
  }
}

export interface Api {
  get: <T extends z.ZodMiniType>(path: string, schema: T, signal?: AbortSignal) => Promise<z.infer<T>>;
  post: <T extends z.ZodMiniType>(path: string, body: unknown, schema: T) => Promise<z.infer<T>>;
  put: <T extends z.ZodMiniType>(path: string, body: unknown, schema: T) => Promise<z.infer<T>>;
  /** What goes for good may want a word in the body, such as a typed name. */
  remove: (path: string, body?: unknown) => Promise<void>;
}

export interface ApiEnvironment {
  fetch: typeof fetch;
  /** Read at each write: the token changes with every session. */
  csrfToken: () => string | undefined;
  /** The session is gone; called for every 401 but that of a wrong password or of a question who is there. */
  onUnauthenticated: () => void;
  /** The write token was not accepted though the session lives: fetch a new one, true when there is one. */
  renewToken: () => Promise<boolean>;
}

/** A wrong password is no lost session, and whoever asks who is there deals with the answer. */
function tellsOfLostSession(path: string, error: ApiError): boolean {
  return error.status === 401 && error.code !== 'login-failed' && !['api/auth/me', 'api/auth/login', 'api/auth/setup'].includes(path);
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function toError(response: Response, body: unknown): ApiError {
  const parsed = problem.safeParse(body);
  const told: Problem = parsed.success ? parsed.data : {};
  const retry = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new ApiError(
    response.status,
    told.code ?? `http-${String(response.status)}`,
    told.detail ?? told.title ?? words.api.wordless(response.status),
    told,
    Number.isFinite(retry) ? retry : undefined,
  );
}

export function createApi(environment: ApiEnvironment): Api {
  async function send<T extends z.ZodMiniType>(path: string, init: RequestInit, schema: T, retried = false): Promise<z.infer<T>> {
    const headers = new Headers({ Accept: 'application/json, application/problem+json' });
    const token = environment.csrfToken();
    if (init.body !== undefined) headers.set('Content-Type', 'application/json');
    if (init.method !== 'GET' && token !== undefined) headers.set('X-CSRF-Token', token);
    let response: Response;
    try {
      response = await environment.fetch(httpAddress(path), { ...init, headers, credentials: 'same-origin', cache: 'no-store' });
    } catch (cause) {
      if (init.signal?.aborted) throw cause;
      throw new ApiError(0, 'unreachable', words.api.unreachable);
    }
    const body = await readBody(response);
    if (!response.ok) {
      const error = toError(response, body);
      if (tellsOfLostSession(path, error)) environment.onUnauthenticated();
      if (response.status === 403 && error.code.startsWith('csrf') && !retried && (await environment.renewToken())) {
        return send(path, init, schema, true);
      }
      throw error;
    }
    const parsed = schema.safeParse(body);
    if (!parsed.success) {
      throw new ApiError(response.status, 'unreadable', words.api.unreadable(path));
    }
    return parsed.data;
  }
  return {
    get: (path, schema, signal) => send(path, { method: 'GET', signal: signal ?? null }, schema),
    post: (path, body, schema) => send(path, { method: 'POST', body: JSON.stringify(body) }, schema),
    put: (path, body, schema) => send(path, { method: 'PUT', body: JSON.stringify(body) }, schema),
    remove: async (path, body) => {
      await send(path, { method: 'DELETE', ...(body === undefined ? {} : { body: JSON.stringify(body) }) }, nothing);
    },
  };
}
