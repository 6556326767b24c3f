import { useEffect, useState, type ComponentType } from 'react';
import { words } from '../../copy/words';
import { useTerminalStore } from '../../stores/terminalStore';
import { EmptyColumn } from './EmptyColumn';

/** The terminals; what is in them is fetched when the first one is asked for. */
export function Terminals() {
  const wanted = useTerminalStore((state) => state.asking !== undefined || state.terminals.length > 0);
  const none = useTerminalStore((state) => state.terminals.length === 0);
  const collapsed = useTerminalStore((state) => state.collapsed);
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

  return (
    <>
      {wanted && Dock && <Dock />}
      {wanted && failed && <p className="notice" role="alert">{words.terminal.unloadable}</p>}
      {none && <EmptyColumn collapsed={collapsed} />}
    </>
  );
}
