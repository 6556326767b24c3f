import { count } from './format';

/** What the palette says. */
export const paletteWords = {
  label: 'Search or command',
  open: 'Search or command',
  hint: 'Search, or type > action, @ resource, # problem, ? ask',
  targetHint: (tool: string) => `${tool}: on which one?`,
  offersHint: (name: string) => `What to do with ${name}?`,
  results: 'Found',
  found: (n: number) => (n === 0 ? 'Nothing found.' : n === 1 ? '1 found.' : `${count(n)} found.`),
  kind: { ask: 'ask', action: 'do', tool: 'tool', resource: 'go to', problem: 'problem', offer: 'do' },
  none: (text: string) => `Nothing is called “${text}”.`,
  noneThere: 'There is nothing here to choose from.',
  askHint: 'Type what you want to ask. It goes into the chat, where you send it.',
  ask: (text: string) => `Ask Jarvis: “${text}”`,
  loading: 'Fetching the catalogue',
  failed: (why: string) => `The catalogue did not come: ${why}`,
  unloadable: 'The palette did not load. If Jarvis was updated meanwhile, reload the page.',
  back: 'Back',
  keys: { choose: 'choose', go: 'go', close: 'close' },
  show: 'Show it',
  terminal: 'Open a terminal',
  go: { left: 'Go to the resources', centre: 'Go to the problems', right: 'Go to the terminals', filter: 'Filter guests' },
  run: { fix: 'Fix the worst problem', approval: 'Go to what waits for approval', undo: 'Undo your last action', chat: 'Talk to Jarvis', terminal: 'Show or hide the terminals', still: 'Hold still, or let go', help: 'Keys', halt: 'HALT' },
  mode: (name: string) => `Mode ${name}`,
  settings: (section: string) => `Settings: ${section}`,
} as const;
