import { useEffect } from 'react';
import { flushSync } from 'react-dom';
import { commandOf, type Command } from '../a11y/keymap';
import { moveFocus } from '../a11y/roving';
import { canUndo, undo } from '../features/actions/start';
import { useActivityStore } from '../stores/activityStore';
import { isLive, useConnectionStore } from '../stores/connectionStore';
import { useSessionStore } from '../stores/sessionStore';
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
    case 'open-approval':
      document.querySelector<HTMLElement>('[data-approval], [data-consent]')?.focus();
      return;
    case 'undo-last':
      undoLast();
      return;
    case 'filter':
      focusFilter();
      return;
    case 'settings':
      useUiStore.getState().showSheet({ show: 'settings', section: 'account' });
      return;
    case 'enter-list': {
      const list = document.querySelector<HTMLElement>('[data-list="nodes"]');
      if (list && (document.activeElement === document.body || document.activeElement?.id === 'left')) moveFocus(list, 'first');
    }
  }
}

/** The page's own keys. A dialog or menu that is open keeps the keyboard to itself. */
export function useKeymap(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || useUiStore.getState().sheet || useUiStore.getState().menu || useSessionStore.getState().phase !== 'in') return;
      const command = commandOf(event);
      if (!command) return;
      if (command.do !== 'enter-list') event.preventDefault();
      execute(command);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
