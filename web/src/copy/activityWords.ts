import { duration } from './format';

/** What the page says of actions that ended, and of how they are taken back. */
export const activityWords = {
  undoIn: (seconds: number) => `Undo ${duration(seconds)}`,
  undoTitle: 'Undo it. The time stands still while this has focus or the pointer.',
  reverse: 'Reverse…',
  reverseSure: (title: string, when: string) => `${title} was done ${when}. Reversing it is a new action, decided by how things are now.`,
  reverseNow: 'Reverse it',
  keep: 'Leave it',
  asked: 'Asked by',
  askedHow: (kind: string, origin: string) => `${kind}, from ${origin}`,
  askedAt: (when: string) => `at ${when}`,
  approved: 'Decided by',
  did: 'What it did',
  steps: 'Steps',
  actor: 'Who',
  everybody: 'everybody',
  kind: 'Kind',
  kinds: { all: 'all', actions: 'actions', changes: 'changes' },
  noMatch: 'Nothing here fits. Show all to see the rest.',
  began: (name: string, until: string, by: string) => `${name} is in maintenance until ${until}${by === '' ? '' : `, by ${by}`}.`,
  ended: (name: string, by: string) => (by === '' ? `The maintenance of ${name} is over.` : `${by} ended the maintenance of ${name}.`),
} as const;
