import { useEffect } from 'react';
import { commandOf } from '../a11y/keymap';
import { useKeysStore } from '../stores/keysStore';
import { useSessionStore } from '../stores/sessionStore';
import { useTerminalStore } from '../stores/terminalStore';
import { useUiStore } from '../stores/uiStore';
import { execute } from './commands';

/** A dialog or menu that is open keeps the keyboard to itself. */
function somethingIsOpen(): boolean {
  const { sheet, menu, palette } = useUiStore.getState();
  return sheet !== undefined || menu !== undefined || palette !== undefined || useTerminalStore.getState().asking !== undefined;
}

/** The page's own keys. */
export function useKeymap(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || useUiStore.getState().wall || useSessionStore.getState().phase !== 'in') return;
      const command = commandOf(event, useKeysStore.getState());
      if (!command) return;
      // Halting comes before whatever is open, and the chord that opened the palette closes it.
      const through = command === 'halt' || (command === 'palette' && useUiStore.getState().palette !== undefined);
      if (!through && somethingIsOpen()) return;
      if (command !== 'next' && command !== 'previous') event.preventDefault();
      execute(command);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
