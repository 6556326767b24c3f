import { create } from 'zustand';
import { singleCommands, singleKeys, type KeyChoice, type SingleCommand } from '../a11y/keymap';
import { recalled, remember } from './device';

export interface KeysState extends KeyChoice {
  turn: (on: boolean) => void;
  /** Answers which command has that key already; then nothing changes. */
  rebind: (command: SingleCommand, key: string) => SingleCommand | undefined;
  restore: () => void;
}

/** One printable character that is no space: everything else belongs to the browser or to a control. */
export function isBindable(key: string): boolean {
  return /^\S$/u.test(key);
}

/** What was kept, as far as it still makes sense. */
export function readChoice(text: string | undefined): KeyChoice {
  const usual: KeyChoice = { on: true, keys: singleKeys };
  if (text === undefined) return usual;
  try {
    const kept = JSON.parse(text) as { on?: unknown; keys?: Record<string, unknown> } | null;
    const keys: Record<SingleCommand, string> = { ...singleKeys };
    for (const command of singleCommands) {
      const key = kept?.keys?.[command];
      if (typeof key === 'string' && isBindable(key)) keys[command] = key.toLowerCase();
    }
    const distinct = new Set(Object.values(keys)).size === singleCommands.length;
    return { on: kept?.on !== false, keys: distinct ? keys : singleKeys };
  } catch {
    return usual;
  }
}

export const useKeysStore = create<KeysState>()((set, get) => {
  const keep = (choice: Partial<KeyChoice>) => {
    set(choice);
    const { on, keys } = get();
    remember('keys', JSON.stringify({ on, keys }));
  };
  return {
    ...readChoice(recalled('keys')),
    turn: (on) => keep({ on }),
    rebind: (command, key) => {
      const wanted = key.toLowerCase();
      const taken = singleCommands.find((other) => other !== command && get().keys[other] === wanted);
      if (taken === undefined) keep({ keys: { ...get().keys, [command]: wanted } });
      return taken;
    },
    restore: () => keep({ on: true, keys: singleKeys }),
  };
});
