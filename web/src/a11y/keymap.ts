/** Where a key press is text or belongs to a control, single letters mean nothing to the page. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
  );
}

export type Command =
  | { do: 'focus-region'; at: number }
  | { do: 'cycle-region'; step: 1 | -1 }
  | { do: 'open-menu' }
  | { do: 'fix' }
  | { do: 'open-approval' }
  | { do: 'undo-last' }
  | { do: 'filter' }
  | { do: 'settings' }
  | { do: 'halt' }
  | { do: 'terminal' }
  | { do: 'mode' }
  | { do: 'enter-list'; step: 1 | -1 };

export interface KeyPress {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  target: EventTarget | null;
}

/** What a key press asks of the page, if anything. */
export function commandOf(press: KeyPress): Command | undefined {
  // Whatever has the focus: this one may not depend on where somebody is.
  if (press.ctrlKey && press.altKey && !press.metaKey && press.key.toLowerCase() === 'h') return { do: 'halt' };
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined;
  if (press.key === 'F6') return { do: 'cycle-region', step: press.shiftKey ? -1 : 1 };
  if (isTyping(press.target)) return undefined;
  switch (press.key) {
    case '1':
    case '2':
    case '3':
      return { do: 'focus-region', at: Number(press.key) - 1 };
    case '.':
      return { do: 'open-menu' };
    case '/':
      return { do: 'filter' };
    case ',':
      return { do: 'settings' };
    case 'f':
    case 'F':
      return { do: 'fix' };
    case 'a':
    case 'A':
      return { do: 'open-approval' };
    case 't':
    case 'T':
      return { do: 'terminal' };
    case 'm':
    case 'M':
      return { do: 'mode' };
    case 'u':
    case 'U':
      return { do: 'undo-last' };
    case 'j':
    case 'J':
      return { do: 'enter-list', step: 1 };
    case 'k':
    case 'K':
      return { do: 'enter-list', step: -1 };
    default:
      return undefined;
  }
}
