import { forgetScreen } from '../../app/screen';
import { say, showConversation, stop } from '../../app/chat';
import { chatWords } from '../../copy/chatWords';
import { useChatStore } from '../../stores/chatStore';

export const slashCommands = ['new', 'history', 'stop', 'clear', 'status', 'problems', 'help'] as const;
export type SlashCommand = (typeof slashCommands)[number];

/** The commands that begin as the field does, while it is nothing but a command. */
export function fitting(text: string): readonly SlashCommand[] {
  const [, word] = /^\/([a-z]*)$/.exec(text) ?? [];
  return word === undefined ? [] : slashCommands.filter((command) => command.startsWith(word));
}

/** The command that the field holds; `unknown` where it only looks like one. */
export function commandOf(text: string): SlashCommand | 'unknown' | undefined {
  const [, word] = /^\/(\S*)\s*$/.exec(text) ?? [];
  if (word === undefined) return undefined;
  return slashCommands.find((command) => command === word) ?? (word.includes('/') ? undefined : 'unknown');
}

/** Does it; the answer is why that did not go, or nothing. */
export async function run(command: SlashCommand): Promise<string | undefined> {
  const store = useChatStore.getState();
  switch (command) {
    case 'new':
      showConversation(null);
      return undefined;
    case 'history':
      store.turn('history');
      return undefined;
    case 'help':
      store.turn('help');
      return undefined;
    case 'stop':
      return store.state === 'IDLE' ? chatWords.nothingToStop : stop();
    case 'clear':
      forgetScreen();
      return undefined;
    case 'status':
    case 'problems':
      // Chosen, not typed: it may ask, but never consent.
      return store.state === 'RUNNING' ? chatWords.busy : say({ text: chatWords.says[command], pasted: true });
  }
}
