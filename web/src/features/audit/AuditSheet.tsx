import { useEffect, useState, type ComponentType } from 'react';
import { auditWords as say } from '../../copy/auditWords';
import { useUiStore } from '../../stores/uiStore';
import { Sheet } from '../actions/Sheet';

type Loaded = { is: 'loading' } | { is: 'failed' } | { is: 'ready'; AuditBrowser: ComponentType<{ resource?: string }> };

/** The frame of the audit browser; what is in it is fetched when it is first opened. */
export function AuditSheet({ resource }: { resource?: string }) {
  const [loaded, setLoaded] = useState<Loaded>({ is: 'loading' });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let wanted = true;
    import('./AuditBrowser').then(
      ({ AuditBrowser }) => wanted && setLoaded({ is: 'ready', AuditBrowser }),
      () => wanted && setLoaded({ is: 'failed' }),
    );
    return () => {
      wanted = false;
    };
  }, [attempt]);
  const retry = () => {
    setLoaded({ is: 'loading' });
    setAttempt((n) => n + 1);
  };
  return (
    <Sheet title={say.title} className="audit-sheet" sticky onClose={() => useUiStore.getState().showSheet(undefined)}>
      {loaded.is === 'loading' && <p className="skeleton tall">{say.loading}</p>}
      {loaded.is === 'failed' && <p className="notice">{say.unloadable} <button type="button" onClick={retry}>{say.retry}</button></p>}
      {loaded.is === 'ready' && <loaded.AuditBrowser {...(resource === undefined ? {} : { resource })} />}
    </Sheet>
  );
}
