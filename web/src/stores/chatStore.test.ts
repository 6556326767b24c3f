import { beforeEach, describe, expect, it } from 'vitest';
import type { ChatMessage, Conversation } from '../transport/chatWire';
import { useChatStore } from './chatStore';

const message = (id: string, text = '', whole = true): ChatMessage => ({ id, role: 'assistant', at: 0, text, whole, parts: text === '' ? [] : [{ kind: 'words', text }], answerer: undefined });
const conversation = (...latest: ChatMessage[]): Conversation => ({ id: 'c', title: 'T', state: 'RUNNING', messages: { all: latest.length, latest } });
const state = () => useChatStore.getState();
const text = (id: string) => state().messages.get(id)?.parts.map((part) => (part.kind === 'words' ? part.text : part.kind));

beforeEach(() => {
  state().reset();
  state().show('c');
});

describe('words that come', () => {
  it('go to their part, begin the next one, and leave all other messages the objects they were', () => {
    state().replace(conversation(message('1', 'x'), message('2', '', false)));
    const other = state().messages.get('1');
    expect(state().add([{ message: '2', part: 0, text: 'He' }, { message: '2', part: 0, text: 'llo' }, { message: '2', part: 1, text: '!' }])).toBe(true);
    expect(text('2')).toEqual(['Hello', '!']);
    expect(state().messages.get('1')).toBe(other);
  });
  it('that do not fit what is known ask for the whole and change nothing', () => {
    state().replace(conversation(message('1', 'x')));
    expect(state().add([{ message: '1', part: 2, text: 'y' }])).toBe(false);
    expect(state().add([{ message: '9', part: 0, text: 'y' }])).toBe(false);
    expect(text('1')).toEqual(['x']);
  });
});

describe('a conversation', () => {
  it('holds no more than 500 messages, however many come', () => {
    state().replace(conversation(...Array.from({ length: 500 }, (_, n) => message(String(n), 'x'))));
    for (let n = 500; n < 640; n++) state().put(message(String(n), 'x'));
    expect([state().order.length, state().messages.size, state().before]).toEqual([500, 500, 140]);
    expect(state().order.at(-1)).toBe('639');
  });
  it('is not mixed with another that is told late, and a message told twice is one', () => {
    state().replace({ ...conversation(message('1', 'x')), id: 'other' });
    expect(state().order).toEqual([]);
    state().put(message('1', 'a'));
    state().put(message('1', 'ab'), 'IDLE');
    expect([state().order, text('1'), state().state]).toEqual([['1'], ['ab'], 'IDLE']);
  });
});

describe('the draft', () => {
  it('is filled by the page beside what somebody typed, and counts as not typed', () => {
    state().setDraft({ text: 'please', pasted: false });
    state().prefill('look at “x”');
    expect(state().draft).toEqual({ text: 'please look at “x”', pasted: true });
    state().prefill('look at “y”');
    expect(state().draft.text).toBe('look at “y”');
  });
});
