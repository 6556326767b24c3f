import { useEffect, useState, type ComponentType } from 'react';
import { words } from '../../copy/words';
import { useTerminalStore } from '../../stores/terminalStore';

/** The terminals; what is in them is fetched when the first one is asked for. */
export function Terminals() {
  const wanted = useTerminalStore((state) => state.asking !== undefined || state.terminals.length > 0);
  const [Dock, setDock] = useState<ComponentType>();
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    if (!wanted || Dock) return undefined;
    let mounted = true;
    import('./TerminalDock').then(
      (loaded) => {
        if (mounted) setDock(() => loaded.TerminalDock);
      },
      () => {
        if (mounted) setFailed(true);
      },
    );
    return () => {
      mounted = false;
    };
  }, [wanted, Dock]);

  if (!wanted) return null;
  if (Dock) return <Dock />;
  return failed ? <p className="notice" role="alert">{words.terminal.unloadable}</p> : null;
}
