import { shellWords } from '../../copy/shellWords';
import { words } from '../../copy/words';
import { ColumnEdge } from '../../design/ColumnEdge';
import { columns } from '../../design/columns';
import { useClusterStore } from '../../stores/clusterStore';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { useTerminalStore } from '../../stores/terminalStore';
import { targetName } from '../actions/targets';

const say = shellWords.terminal;
const MOST = 8;

/** The column folded away: what is in it goes on, and one press brings it back. */
export function TerminalRail({ sessions }: { sessions: number }) {
  return (
    <button type="button" className="quiet term-rail" aria-expanded={false} aria-keyshortcuts="T" onClick={() => useTerminalStore.getState().collapse(false)}>
      <kbd aria-hidden="true">T</kbd> {say.rail(sessions)}
    </button>
  );
}

/** The terminals' column while there is none, and where one can be opened. */
export function EmptyColumn({ collapsed }: { collapsed: boolean }) {
  const nodes = useClusterStore((state) => state.refs.node);
  const live = useConnectionStore(isLive);
  const open = (ref: string) => {
    const node = useClusterStore.getState().entities.get(ref);
    if (node && live) useTerminalStore.getState().ask({ ref, name: targetName(node) });
  };
  return (
    <aside id="terminal" className="p" aria-label={say.title} data-collapsed={collapsed} data-empty tabIndex={-1}>
      {collapsed ? (
        <TerminalRail sessions={0} />
      ) : (
        <>
          <ColumnEdge column={columns.right} label={say.resize} className="term-edge" />
          <header className="ph">
            <h2 className="d up">{say.title}</h2>
            <span className="sp" />
            <button type="button" className="quiet" title={say.collapse} aria-label={say.collapse} onClick={() => useTerminalStore.getState().collapse(true)}>›</button>
          </header>
          <div className="term-empty">
            <p className="t2">{say.empty}</p>
            <div className="acts">
              {nodes.slice(0, MOST).map((ref) => <button key={ref} type="button" aria-disabled={!live} onClick={() => open(ref)}>{useClusterStore.getState().entities.get(ref)?.name}</button>)}
            </div>
            {!live && <p className="t2 s12">{words.link.refusal}</p>}
          </div>
        </>
      )}
    </aside>
  );
}
