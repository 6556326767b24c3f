/** Where a key press is text or belongs to a control, single letters mean nothing to the page. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
  );
}

/** What a single key does where nobody types, and the key it has unless somebody chose another. */
export const singleKeys = {
  left: '1',
  centre: '2',
  right: '3',
  next: 'j',
  previous: 'k',
  menu: '.',
  fix: 'f',
  approval: 'a',
  undo: 'u',
  chat: 'c',
  terminal: 't',
  mode: 'm',
  filter: '/',
  still: 'p',
  settings: ',',
  help: '?',
} as const;
export type SingleCommand = keyof typeof singleKeys;
export const singleCommands = Object.keys(singleKeys) as SingleCommand[];

/** Single keys can be switched off and changed: who speaks to a computer, or trembles, presses many without meaning any. */
export interface KeyChoice {
  on: boolean;
  keys: Readonly<Record<SingleCommand, string>>;
}

export type Command = SingleCommand | 'halt' | 'palette' | 'next-region' | 'previous-region';

export interface KeyPress {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  target: EventTarget | null;
}

/** What a terminal is sent is the shell's, the palette's chord too. */
const inTerminal = (target: EventTarget | null): boolean => target instanceof Element && target.closest('.xterm') !== null;

/** The command of a single key, wherever it is pressed. */
export function singleCommandOf(key: string, { on, keys }: KeyChoice): SingleCommand | undefined {
  const pressed = key.toLowerCase();
  return on ? singleCommands.find((name) => keys[name] === pressed) : undefined;
}

/** Whatever has the focus: this one may not depend on where somebody is. */
export const isHalt = (press: Omit<KeyPress, 'target'>): boolean => press.ctrlKey && press.altKey && !press.metaKey && press.key.toLowerCase() === 'h';

/** What a key press asks of the page, if anything. */
export function commandOf(press: KeyPress, choice: KeyChoice): Command | undefined {
  const key = press.key.toLowerCase();
  if (isHalt(press)) return 'halt';
  if (press.ctrlKey !== press.metaKey && !press.altKey && !press.shiftKey && key === 'k') return inTerminal(press.target) ? undefined : 'palette';
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined;
  if (press.key === 'F6') return press.shiftKey ? 'previous-region' : 'next-region';
  return isTyping(press.target) ? undefined : singleCommandOf(press.key, choice);
}
