import { useEffect } from 'react';
import { flushSync } from 'react-dom';
import { announcePolitely } from '../a11y/announcer';
import { commandOf, type Command } from '../a11y/keymap';
import { shellWords } from '../copy/shellWords';
import { modeNames } from '../design/tokens';
import { moveFocus } from '../a11y/roving';
import { canUndo, undo } from '../features/actions/start';
import { halt } from './guardrails';
import { useActivityStore } from '../stores/activityStore';
import { isLive, useConnectionStore } from '../stores/connectionStore';
import { useSessionStore } from '../stores/sessionStore';
import { useTerminalStore } from '../stores/terminalStore';
import { useUiStore, type View } from '../stores/uiStore';

/** The regions that F6 goes round, and the columns behind 1 and 2; 3 is the activity list. */
const REGIONS = ['left', 'centre', 'activity', 'top'] as const;
const viewOf: Record<(typeof REGIONS)[number], View | undefined> = { left: 'status', centre: 'status', activity: 'activity', top: undefined };

function region(at: number): HTMLElement | null {
  const id = REGIONS[at];
  return id === undefined ? null : document.getElementById(id);
}

function focusRegion(at: number): void {
  const id = REGIONS[at];
  const view = id === undefined ? undefined : viewOf[id];
  const ui = useUiStore.getState();
  const focus = () => {
    const element = region(at);
    const inside = element?.querySelector<HTMLElement>('[data-roving][tabindex="0"]');
    (inside ?? element)?.focus();
  };
  if (view === undefined || view === ui.view) {
    // At once: the next key may follow in the same frame.
    focus();
    return;
  }
  ui.setView(view);
  requestAnimationFrame(focus);
}

function cycle(step: 1 | -1): void {
  const now = REGIONS.findIndex((id) => document.getElementById(id)?.contains(document.activeElement));
  const from = now === -1 ? (step === 1 ? -1 : 0) : now;
  focusRegion((from + step + REGIONS.length) % REGIONS.length);
}

/** The resource that focus is on or in. */
function selected(): { ref: string; anchor: HTMLElement } | undefined {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement)) return undefined;
  const ref = active.closest<HTMLElement>('[data-ref]')?.dataset['ref'];
  return ref === undefined ? undefined : { ref, anchor: active };
}

/** The fix of the problem that focus is in, else of the worst: a plan opens, what runs by a click is only brought under the hand. */
function fix(): void {
  const inside = document.activeElement?.closest('[data-problem]');
  const button = (inside ?? document).querySelector<HTMLElement>('[data-problem] > .hd [data-fix]');
  if (!button) return;
  button.focus();
  if (button.dataset['fix'] === 'plan' && button.getAttribute('aria-expanded') === 'false') button.click();
}

function undoLast(): void {
  if (!isLive(useConnectionStore.getState())) return;
  const me = useSessionStore.getState().username;
  const { entries, actions } = useActivityStore.getState();
  for (const entry of entries) {
    const action = entry.kind === 'action' ? actions.get(entry.actionId) : undefined;
    if (action && action.principal?.name === me && canUndo(action)) {
      void undo(action);
      return;
    }
  }
}

/** At once: whoever types on without waiting for the next frame means the filter. */
function focusFilter(): void {
  const { view, setView } = useUiStore.getState();
  if (view !== 'guests') flushSync(() => setView('guests'));
  document.getElementById('guest-filter')?.focus();
}

function execute(command: Command): void {
  switch (command.do) {
    case 'focus-region':
      focusRegion(command.at);
      return;
    case 'cycle-region':
      cycle(command.step);
      return;
    case 'open-menu': {
      const here = selected();
      if (here) useUiStore.getState().showMenu(here);
      return;
    }
    case 'fix':
      fix();
      return;
    case 'open-approval':
      document.querySelector<HTMLElement>('[data-approval], [data-consent]')?.focus();
      return;
    case 'undo-last':
      undoLast();
      return;
    case 'filter':
      focusFilter();
      return;
    case 'halt':
      void halt();
      return;
    case 'terminal': {
      const { terminals, collapsed, collapse } = useTerminalStore.getState();
      if (terminals.length > 0) collapse(!collapsed);
      return;
    }
    case 'mode': {
      const { mode, setMode } = useUiStore.getState();
      const next = modeNames[(modeNames.indexOf(mode) + 1) % modeNames.length] ?? mode;
      setMode(next);
      announcePolitely(shellWords.modes.announce(shellWords.modes.names[next]));
      return;
    }
    case 'settings':
      useUiStore.getState().showSheet({ show: 'settings', section: 'account' });
      return;
    case 'enter-list': {
      const name = document.activeElement?.id === 'centre' ? 'problems' : 'nodes';
      const list = document.querySelector<HTMLElement>(`[data-list="${name}"]`);
      if (list && (document.activeElement === document.body || ['left', 'centre'].includes(document.activeElement?.id ?? ''))) moveFocus(list, 'first');
    }
  }
}

/** The page's own keys. A dialog or menu that is open keeps the keyboard to itself. */
export function useKeymap(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || useSessionStore.getState().phase !== 'in') return;
      const command = commandOf(event);
      if (!command) return;
      // Halting comes before whatever is open.
      if (command.do !== 'halt' && (useUiStore.getState().sheet || useUiStore.getState().menu || useTerminalStore.getState().asking)) return;
      if (command.do !== 'enter-list') event.preventDefault();
      execute(command);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
