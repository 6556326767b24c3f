import '@xterm/xterm/css/xterm.css';
import './terminal.css';
import { useEffect } from 'react';
import { announceNow } from '../../a11y/announcer';
import { api } from '../../app/server';
import { terminalWords } from '../../copy/terminalWords';
import { ColumnEdge } from '../../design/ColumnEdge';
import { columns } from '../../design/columns';
import { useTerminalStore, type ShownTerminal } from '../../stores/terminalStore';
import { TerminalRail } from './EmptyColumn';
import { OpenSheet } from './OpenSheet';
import { TerminalScreen } from './TerminalScreen';

const store = () => useTerminalStore.getState();

/** Ends it on the server as well; one that has ended is only put away. */
async function put(shown: ShownTerminal): Promise<void> {
  const { id } = shown.terminal;
  store().drop(id);
  if (shown.phase === 'ended') return;
  try {
    await api.remove(`api/terminals/${encodeURIComponent(id)}`);
  } catch {
    // Nobody is attached any more: it ends by itself within a minute.
  }
}

/** The terminals that this page has, one in front; and the question before another one. */
export function TerminalDock() {
  const { terminals, active, collapsed, asking } = useTerminalStore();
  const shown = terminals.length > 0;

  return (
    <>
      {asking && <OpenSheet key={asking.ref} subject={asking} />}
      {shown && (
        <aside id="terminal" className="p" aria-label={terminalWords.region} data-collapsed={collapsed} tabIndex={-1}>
          {collapsed && <TerminalRail sessions={terminals.length} />}
          <div className="term-body" hidden={collapsed}>
            <ColumnEdge column={columns.right} label={terminalWords.resize} className="term-edge" />
            <header className="ph">
              <div className="seg term-tabs" role="group" aria-label={terminalWords.region}>
                {terminals.map(({ terminal, phase }) => (
                  <button key={terminal.id} type="button" aria-pressed={terminal.id === active} data-phase={phase} onClick={() => store().show(terminal.id)}>{terminal.title}</button>
                ))}
              </div>
              <button type="button" className="quiet" title={terminalWords.collapse} aria-label={terminalWords.collapse} onClick={() => store().collapse(true)}>›</button>
            </header>
            {terminals.map((one) => (
              <section key={one.terminal.id} className="term" hidden={one.terminal.id !== active}>
                <Facts shown={one} />
                <TerminalScreen shown={one} visible={one.terminal.id === active && !collapsed} />
              </section>
            ))}
          </div>
        </aside>
      )}
    </>
  );
}

/** What somebody who types there should know now. */
function noteOf({ terminal, phase, reason, warning }: ShownTerminal): string | null | undefined {
  if (phase === 'ended') return terminalWords.ended(reason);
  return warning ?? (phase === 'live' ? terminal.hint : terminalWords.unheard[phase]);
}

/** How it stands, in words. */
function Facts({ shown }: { shown: ShownTerminal }) {
  const { terminal, phase } = shown;
  useEffect(() => {
    if (phase === 'ended') announceNow(terminalWords.announce.ended(terminal.title));
  }, [phase, terminal.title]);
  return (
    <div className="term-facts">
      <span className="term-phase" data-phase={phase}>{terminalWords.phase[phase]}</span>
      {terminal.recording && phase !== 'ended' && <span className="term-rec" title={terminalWords.recordedTitle}>{terminalWords.recorded}</span>}
      <span className="t2 s12 note">{noteOf(shown)}</span>
      <button type="button" className="quiet" aria-label={terminalWords.endTitle(terminal.title)} onClick={() => void put(shown)}>{phase === 'ended' ? terminalWords.close : terminalWords.end}</button>
    </div>
  );
}
