import { words } from '../copy/words';
import { useProblemCount } from '../stores/problemsStore';
import { useTerminalStore } from '../stores/terminalStore';
import { useUiStore, type View } from '../stores/uiStore';
import { useWaitingCount } from '../stores/waiting';

const icons: Record<View, string> = {
  status: 'M3 12h4l2-6 4 12 2-6h6',
  guests: 'M4 5h16v6H4zM4 14h16v5H4z',
  activity: 'M5 6h14M5 12h14M5 18h9',
};

/** Where there is one column, three views of it; wider screens show all at once. */
export function Views() {
  const show = (view: View) => {
    useUiStore.getState().setView(view);
    // An open terminal lies over all of them.
    useTerminalStore.getState().collapse(true);
  };
  const view = useUiStore((state) => state.view);
  const waiting = useWaitingCount();
  const { open, worst } = useProblemCount();
  const badge = waiting + open;
  return (
    <nav className="tb" aria-label={words.regions.views}>
      {(Object.keys(icons) as View[]).map((name) => (
        <button key={name} type="button" aria-current={view === name ? 'page' : undefined} onClick={() => show(name)}>
          <svg viewBox="0 0 24 24" aria-hidden="true"><path d={icons[name]} /></svg>
          {words.views[name]}
          {name === 'status' && badge > 0 && <span className={worst === undefined ? 'badge' : `badge ${worst}`}>{badge}</span>}
        </button>
      ))}
    </nav>
  );
}
