import type { SingleCommand } from '../a11y/keymap';

/** What the sheet of keys says. */
export const keysWords = {
  title: 'Keys',
  lead: 'Single keys act only where you do not type.',
  single: 'Single keys',
  always: 'Always',
  on: 'Use single keys',
  off: 'They are off. The keys under “Always” go on working.',
  change: 'Change',
  changeOf: (what: string, key: string) => `Change the key of “${what}”, now ${key}`,
  press: 'Press a key',
  taken: (key: string, what: string) => `${key} is taken by “${what}”.`,
  unusable: 'Only a key that types a character can be used.',
  changed: (what: string, key: string) => `“${what}” now has the key ${key}.`,
  restore: 'Usual keys again',
  unloadable: 'The list of keys did not load. If Jarvis was updated meanwhile, reload the page.',
  commands: {
    left: 'Resources', centre: 'Verdict, approvals and problems', right: 'Terminals',
    next: 'Next in a list', previous: 'Previous in a list', menu: 'Everything that can be done with what has focus',
    fix: 'Fix the problem', approval: 'Go to what waits for approval', undo: 'Undo your last action', chat: 'Talk to Jarvis', terminal: 'Show or hide the terminals',
    mode: 'Next mode', filter: 'Filter guests', still: 'Hold still: nothing moves, nothing is sorted anew', settings: 'Settings', help: 'This list',
  } satisfies Record<SingleCommand, string>,
  fixed: [
    ['Ctrl K', 'Search or command: > action, @ resource, # problem, ? ask'],
    ['Ctrl Alt H', 'HALT, from everywhere'],
    ['F6, Shift F6', 'Next region, previous region'],
    ['↑ ↓ Home End', 'Move in a list'],
    ['Enter', 'Open or close in place; hold it where a hold is asked'],
    ['Esc', 'Close, and back to where you were'],
    ['Ctrl Shift ↑', 'Leave a terminal'],
  ],
} as const;

export const keyName = (key: string): string => key.toUpperCase();
