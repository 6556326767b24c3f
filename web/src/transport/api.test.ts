import { describe, expect, it } from 'vitest';
import { createApi } from './api';
import { nothing } from './wire';

interface Sent {
  method: string;
  token: string | null;
  contentType: string | null;
}

/** An API whose server answers as told, in turn, and the requests that it got. */
function against(...replies: { status: number; code?: string }[]) {
  const sent: Sent[] = [];
  const lost: string[] = [];
  let token = 'first';
  const api = createApi({
    fetch: (_, init) => {
      const headers = new Headers(init?.headers);
      sent.push({ method: init?.method ?? '', token: headers.get('X-CSRF-Token'), contentType: headers.get('Content-Type') });
      const { status, code } = replies.shift() ?? { status: 204 };
      return Promise.resolve(new Response(status === 204 ? null : JSON.stringify({ code, detail: 'no' }), { status }));
    },
    csrfToken: () => token,
    onUnauthenticated: () => lost.push('lost'),
    renewToken: () => {
      token = 'second';
      return Promise.resolve(true);
    },
  });
  return { api, sent, lost };
}

describe('the API', () => {
  it('sends the write token with everything that changes something, and with nothing else', async () => {
    const { api, sent } = against();
    await api.get('api/x', nothing);
    await api.post('api/x', {}, nothing);
    await api.remove('api/x');
    expect(sent).toEqual([
      { method: 'GET', token: null, contentType: null },
      { method: 'POST', token: 'first', contentType: 'application/json' },
      { method: 'DELETE', token: 'first', contentType: null },
    ]);
  });

  it('repeats a removal once with a new write token', async () => {
    const { api, sent } = against({ status: 403, code: 'csrf-invalid' });
    await api.remove('api/auth/tokens/1');
    expect(sent.map(({ token }) => token)).toEqual(['first', 'second']);
  });

  it('takes a 401 for a lost session, also below auth', async () => {
    const { api, lost } = against({ status: 401, code: 'unauthenticated' }, { status: 401, code: 'unauthenticated' });
    await expect(api.get('api/auth/tokens', nothing)).rejects.toMatchObject({ status: 401 });
    await expect(api.post('api/auth/password', {}, nothing)).rejects.toMatchObject({ status: 401 });
    expect(lost).toHaveLength(2);
  });

  it('does not take a wrong password for a lost session', async () => {
    const { api, lost } = against({ status: 401, code: 'login-failed' }, { status: 401, code: 'unauthenticated' });
    await expect(api.post('api/auth/password', {}, nothing)).rejects.toMatchObject({ code: 'login-failed' });
    await expect(api.get('api/auth/me', nothing)).rejects.toMatchObject({ status: 401 });
    expect(lost).toEqual([]);
  });
});
