import { flushSync } from 'react-dom';
import { useProblemsStore } from '../../stores/problemsStore';
import { useUiStore } from '../../stores/uiStore';

/** Brings a card onto the screen, whatever is hidden, and puts focus on it. */
export function showProblem(id: string): void {
  const silenced = useProblemsStore.getState().problems.get(id)?.silenced === true;
  const card = () => document.querySelector<HTMLElement>(`[data-problem="${CSS.escape(id)}"]`);
  flushSync(() => {
    useUiStore.getState().setView('status');
    if (!card()) useUiStore.getState().list(silenced ? { silenced: true } : { all: true });
  });
  card()?.querySelector<HTMLElement>('[data-roving]')?.focus();
}
