import { shellWords } from '../copy/shellWords';
import { words } from '../copy/words';
import { useProblemCount } from '../stores/problemsStore';
import { useTerminalStore } from '../stores/terminalStore';
import { useUiStore, type View } from '../stores/uiStore';
import { useWaitingCount } from '../stores/waiting';

type Tab = keyof typeof shellWords.views;
const tabs: Record<Tab, string> = {
  status: 'M3 12h4l2-6 4 12 2-6h6',
  guests: 'M4 5h16v6H4zM4 14h16v5H4z',
  activity: 'M12 3a9 9 0 1 1-.01 0M12 8a4 4 0 1 1-.01 0',
  terminal: 'M4 6l6 6-6 6M12 18h8',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
};

function show(tab: Tab): void {
  if (tab === 'more') {
    useUiStore.getState().showSheet({ show: 'more' });
    return;
  }
  // An open terminal lies over the other views.
  useTerminalStore.getState().collapse(tab !== 'terminal');
  if (tab !== 'terminal') useUiStore.getState().setView(tab satisfies View);
}

/** Where there is one column: its views by tabs; wider screens show all at once. */
export function Views() {
  const view = useUiStore((state) => state.view);
  const terminal = useTerminalStore((state) => !state.collapsed);
  const waiting = useWaitingCount();
  const { open, worst } = useProblemCount();
  const badge = waiting + open;
  const here: Tab = terminal ? 'terminal' : view;
  return (
    <nav className="tb" aria-label={words.regions.views}>
      {(Object.keys(tabs) as Tab[]).map((tab) => (
        <button key={tab} type="button" aria-current={tab === here ? 'page' : undefined} aria-haspopup={tab === 'more' ? 'dialog' : undefined} onClick={() => show(tab)}>
          <svg viewBox="0 0 24 24" aria-hidden="true" className={tab === 'more' ? 'dots' : undefined}><path d={tabs[tab]} /></svg>
          {shellWords.views[tab]}
          {tab === 'status' && badge > 0 && <span className={worst === undefined ? 'badge' : `badge ${worst}`}>{badge}</span>}
        </button>
      ))}
    </nav>
  );
}
