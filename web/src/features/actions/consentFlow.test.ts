import { describe, expect, it } from 'vitest';
import { createApi } from '../../transport/api';
import { askAndApprove, decide, preview, remedyRequest, run, toolRequest, type GestureNotes, type Previewed } from './consentFlow';

interface Sent {
  path: string;
  body: Record<string, unknown>;
}

const action = (state: string, more: object = {}) => ({ id: 'a1', tool: 'stop_vm', state, ...more });
const waiting = (fingerprint: string) => action('AWAITING_APPROVAL', { approval: { id: 'p1', state: 'PENDING', fingerprint } });
const previewed: Previewed = { request: toolRequest('stop_vm', { vmid: 101 }), action: { id: null, tool: 'stop_vm', state: 'AWAITING_APPROVAL', fingerprint: 'seen' } };

/** A server that answers with what it was given, in order. */
function server(...answers: (readonly [number, unknown])[]) {
  const sent: Sent[] = [];
  const notes: string[] = [];
  const gesture: GestureNotes = { begin: () => notes.push('begin'), end: () => notes.push('end'), forget: (id) => notes.push(`forget ${id}`) };
  const api = createApi({
    fetch: (input, init) => {
      if (typeof input !== 'string' || typeof init?.body !== 'string') throw new Error('the page sends text to an address');
      sent.push({ path: new URL(input).pathname, body: JSON.parse(init.body) as Record<string, unknown> });
      const [status, body] = answers[sent.length - 1] ?? [500, {}];
      return Promise.resolve(new Response(JSON.stringify(body), { status }));
    },
    csrfToken: () => 'token',
    onUnauthenticated: () => notes.push('unauthenticated'),
    renewToken: () => Promise.resolve(false),
  });
  return { api, sent, notes, gesture };
}

describe('askAndApprove', () => {
  it('approves with the fingerprint that was previewed', async () => {
    const { api, sent, notes, gesture } = server([202, { action: waiting('seen') }], [200, { action: action('RUNNING') }]);
    const outcome = await askAndApprove(api, previewed, undefined, gesture);
    expect(outcome).toMatchObject({ is: 'under-way', action: { state: 'RUNNING' } });
    expect(sent).toEqual([
      { path: '/api/tools/stop_vm', body: { arguments: { vmid: 101 } } },
      { path: '/api/approvals/p1', body: { decision: 'approve', fingerprint: 'seen' } },
    ]);
    expect(notes).toEqual(['begin', 'forget p1', 'end']);
  });

  it('withdraws and asks anew when the target is not what was previewed', async () => {
    const { api, sent, gesture } = server([202, { action: waiting('other') }], [200, { action: action('REJECTED') }]);
    expect(await askAndApprove(api, previewed, undefined, gesture)).toMatchObject({ is: 'plan-changed' });
    expect(sent[1]).toEqual({ path: '/api/approvals/p1', body: { decision: 'reject' } });
  });

  it('asks anew when the server says that the approval lapsed', async () => {
    const { api, notes, gesture } = server([202, { action: waiting('seen') }], [409, { code: 'approval-lapsed' }]);
    expect(await askAndApprove(api, previewed, undefined, gesture)).toMatchObject({ is: 'plan-changed' });
    expect(notes).toEqual(['begin', 'end']);
  });

  it('never approves what was previewed without a fingerprint', async () => {
    const { api, sent, gesture } = server([202, { action: waiting('seen') }], [200, { action: action('REJECTED') }]);
    const blind: Previewed = { ...previewed, action: { ...previewed.action, fingerprint: undefined } };
    expect(await askAndApprove(api, blind, undefined, gesture)).toMatchObject({ is: 'failed' });
    expect(sent.map(({ body }) => body['decision'])).toEqual([undefined, 'reject']);
  });

  it('passes on a refusal with the words of the policy', async () => {
    const { api, gesture } = server([403, { code: 'refused', detail: 'no', action: action('REFUSED', { reasons: ['101 is protected.'] }) }]);
    expect(await askAndApprove(api, previewed, undefined, gesture)).toMatchObject({ is: 'refused', reason: '101 is protected.' });
  });

  it('is content when no approval is needed after all', async () => {
    const { api, sent, gesture } = server([202, { action: action('RUNNING') }]);
    expect(await askAndApprove(api, previewed, undefined, gesture)).toMatchObject({ is: 'under-way' });
    expect(sent).toHaveLength(1);
  });
});

describe('decide', () => {
  it('sends the typed name as it was typed', async () => {
    const { api, sent } = server([422, { code: 'typed-name', detail: 'The typed name is not that of the target.' }]);
    expect(await decide(api, 'p/1', 'approve', 'f', ' win11 ')).toEqual({ is: 'failed', reason: 'The typed name is not that of the target.' });
    expect(sent[0]).toEqual({ path: '/api/approvals/p%2F1', body: { decision: 'approve', typed: ' win11 ', fingerprint: 'f' } });
  });
});

describe('a remedy', () => {
  it('is previewed and run below its problem, its first step alone only where that is meant', async () => {
    const { api, sent } = server([200, { action: action('RUNNING', { id: null }) }], [202, { action: action('RUNNING') }]);
    await preview(api, remedyRequest('p/1', 'start', false));
    await run(api, remedyRequest('p/1', 'start', true));
    expect(sent).toEqual([
      { path: '/api/problems/p%2F1/remedies/start/preview', body: {} },
      { path: '/api/problems/p%2F1/remedies/start', body: { firstStepOnly: true } },
    ]);
  });
});

describe('preview', () => {
  it('takes a refusal for an answer', async () => {
    const { api } = server([403, { code: 'refused', action: action('REFUSED', { id: null, reasons: ['no'] }) }]);
    expect((await preview(api, toolRequest('stop_vm', {}))).action).toMatchObject({ state: 'REFUSED', reasons: ['no'] });
  });

  it('passes the end of the session on', async () => {
    const { api, notes } = server([401, { code: 'unauthenticated' }]);
    await expect(preview(api, toolRequest('stop_vm', {}))).rejects.toMatchObject({ status: 401 });
    expect(notes).toEqual(['unauthenticated']);
  });
});
