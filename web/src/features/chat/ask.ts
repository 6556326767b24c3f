import { chatWords } from '../../copy/chatWords';
import { presentedWords } from '../../copy/presentedWords';
import { useChatStore } from '../../stores/chatStore';
import { useTerminalStore } from '../../stores/terminalStore';
import { useUiStore } from '../../stores/uiStore';
import type { KnownProblem } from '../../transport/problemWire';
import { cut, tame, type Resource } from '../../transport/wire';
import { headOf } from '../problems/names';

const LONGEST = 160;

/** A name or a sentence of a cluster, on one line, and without what would end the quotes that it stands in. */
export const oneLine = (text: string): string => cut(tame(text).replace(/\s+/g, ' ').replace(/[“”"]/g, '’').trim().replace(/\.$/, ''), LONGEST);

/** Brings the chat to where it is seen, and the keyboard to its field. */
export function toChat(): void {
  useTerminalStore.getState().collapse(useTerminalStore.getState().collapsed || window.innerWidth < 1_500);
  useUiStore.getState().setView('activity');
  useChatStore.getState().call();
}

/** Puts words about something into the field. A person reads them and sends them, or does not. */
function ask(text: string): void {
  useChatStore.getState().prefill(text);
  toChat();
}

export const askAboutProblem = (problem: KnownProblem): void => ask(chatWords.aboutProblem(oneLine(headOf(problem)), oneLine(problem.summary)));
export const askAboutResource = ({ kind, name, ref }: Pick<Resource, 'kind' | 'name' | 'ref'>): void => ask(chatWords.aboutResource(presentedWords.kind[kind].toLowerCase(), oneLine(name), oneLine(ref)));
export const askInWords = (text: string): void => ask(oneLine(text));
