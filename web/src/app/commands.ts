import { flushSync } from 'react-dom';
import { announcePolitely } from '../a11y/announcer';
import type { Command } from '../a11y/keymap';
import { moveFocus } from '../a11y/roving';
import { shellWords } from '../copy/shellWords';
import { modeNames } from '../design/tokens';
import { canUndo, undo } from '../features/actions/start';
import { toChat } from '../features/chat/ask';
import { useActivityStore } from '../stores/activityStore';
import { isLive, useConnectionStore } from '../stores/connectionStore';
import { useSessionStore } from '../stores/sessionStore';
import { useTerminalStore } from '../stores/terminalStore';
import { useUiStore, type View } from '../stores/uiStore';
import { halt } from './guardrails';

/** The regions that F6 goes round. */
const REGIONS = ['left', 'centre', 'activity', 'chat', 'terminal', 'top'] as const;
type Region = (typeof REGIONS)[number];
const viewOf: Partial<Record<Region, View>> = { left: 'status', centre: 'status', activity: 'activity', chat: 'activity' };
const ui = () => useUiStore.getState();

function focusRegion(id: Region): void {
  const view = viewOf[id];
  const focus = () => {
    const element = document.getElementById(id);
    const inside = element?.querySelector<HTMLElement>('[data-roving][tabindex="0"]');
    (inside ?? element)?.focus();
  };
  if (view === undefined || view === ui().view || document.getElementById(id)?.checkVisibility() === true) {
    // At once: the next key may follow in the same frame.
    focus();
    return;
  }
  ui().setView(view);
  requestAnimationFrame(focus);
}

function cycle(step: 1 | -1): void {
  const there = REGIONS.filter((id) => document.getElementById(id) !== null);
  const now = there.findLastIndex((id) => document.getElementById(id)?.contains(document.activeElement));
  const within = document.activeElement?.closest('#activity, #chat')?.id;
  const inner = within === undefined ? now : there.findIndex((id) => id === within);
  const from = inner === -1 ? (step === 1 ? -1 : 0) : inner;
  const to = there[(from + step + there.length) % there.length];
  if (to) focusRegion(to);
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
  if (ui().view !== 'guests') flushSync(() => ui().setView('guests'));
  document.getElementById('guest-filter')?.focus();
}

/** From a region, or from nowhere, into its first list; within a list its own keys lead on. */
function enterList(): void {
  const active = document.activeElement;
  if (active !== document.body && !['left', 'centre'].includes(active?.id ?? '')) return;
  const list = document.querySelector<HTMLElement>(`[data-list="${active?.id === 'centre' ? 'problems' : 'nodes'}"]`);
  if (list) moveFocus(list, 'first');
}

function nextMode(): void {
  const next = modeNames[(modeNames.indexOf(ui().mode) + 1) % modeNames.length] ?? 'jarvis';
  ui().setMode(next);
  announcePolitely(shellWords.modes.announce(shellWords.modes.names[next]));
}

/** Does what a key, or a line of the palette, stands for. */
export function execute(command: Command): void {
  switch (command) {
    case 'left':
    case 'centre':
      focusRegion(command);
      return;
    case 'right':
      focusRegion(document.getElementById('terminal') ? 'terminal' : 'activity');
      return;
    case 'next-region':
      cycle(1);
      return;
    case 'previous-region':
      cycle(-1);
      return;
    case 'next':
    case 'previous':
      enterList();
      return;
    case 'menu': {
      const here = selected();
      if (here) ui().showMenu(here);
      return;
    }
    case 'fix':
      fix();
      return;
    case 'approval':
      document.querySelector<HTMLElement>('[data-approval], [data-consent]')?.focus();
      return;
    case 'undo':
      undoLast();
      return;
    case 'chat':
      toChat();
      return;
    case 'filter':
      focusFilter();
      return;
    case 'halt':
      void halt();
      return;
    case 'terminal': {
      const { collapsed, collapse } = useTerminalStore.getState();
      collapse(!collapsed);
      return;
    }
    case 'mode':
      nextMode();
      return;
    case 'still':
      ui().holdStill(!ui().still);
      announcePolitely(shellWords.still.announce(ui().still));
      return;
    case 'settings':
      ui().showSheet({ show: 'settings', section: 'account' });
      return;
    case 'help':
      ui().showSheet({ show: 'keys' });
      return;
    case 'palette':
      ui().openPalette(ui().palette === undefined ? '' : undefined);
  }
}
