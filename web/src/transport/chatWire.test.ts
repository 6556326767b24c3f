import { describe, expect, it } from 'vitest';
import { chatFrame, MOST_MESSAGES } from './chatWire';

const message = (id: string, more: object = {}) => ({ id, role: 'assistant', at: '2026-11-28T02:00:00Z', text: '', whole: true, parts: [], answerer: null, ...more });
const told = (messages: unknown[]) => chatFrame.parse({ type: 'conversation', seq: 1, conversation: { id: 'c', title: 't', state: 'IDLE', revision: 1, createdAt: '', changedAt: '', messages } });

describe('chatFrame', () => {
  it('keeps the latest messages and counts the others', () => {
    const frame = told(Array.from({ length: 1_200 }, (_, n) => message(String(n))));
    if (frame.type !== 'conversation') throw new Error('no conversation');
    expect([frame.conversation.messages.all, frame.conversation.messages.latest.length, frame.conversation.messages.latest[0]?.id]).toEqual([1_200, MOST_MESSAGES, '700']);
  });
  it('makes what is said inert, keeps its lines, and leaves the place of a part that it cannot read', () => {
    const frame = told([message('1', { parts: [{ kind: 'words', text: 'a\u202eb\r\nc\u0000' }, { kind: 'hologram' }, { kind: 'tool', callId: 'x', tool: 't', title: 'T', arguments: {}, action: null, state: null, tier: null, approval: null, summary: '', data: null, startedAt: '2026-11-28T02:00:00Z', endedAt: null }] })]);
    if (frame.type !== 'conversation') throw new Error('no conversation');
    expect(frame.conversation.messages.latest[0]?.parts).toMatchObject([{ kind: 'words', text: 'a\ufffdb\nc\ufffd' }, { kind: 'words', text: '' }, { kind: 'tool', startedAt: Date.parse('2026-11-28T02:00:00Z'), endedAt: undefined }]);
  });
  it('reads a cost as a number or as the word that a decimal travels as', () => {
    const answerer = { provider: 'p', title: 'P', model: 'm', leavesTheHouse: true, inputTokens: 1, cachedTokens: null, outputTokens: 2, cost: '0.0061', currency: 'USD' };
    const frame = chatFrame.parse({ type: 'message', seq: 1, conversation: 'c', state: 'IDLE', message: message('1', { answerer }) });
    expect(frame.type === 'message' && frame.message.answerer?.cost).toBe(0.0061);
  });
  it('refuses what no part can be numbered', () => {
    for (const part of [-1, 0.5, 1e9, '0']) expect(chatFrame.safeParse({ type: 'words', seq: 1, conversation: 'c', message: 'm', part, text: 'x' }).success).toBe(false);
    expect(chatFrame.safeParse({ type: 'unheard-of', seq: 1 }).success).toBe(false);
  });
});
