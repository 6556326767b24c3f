import { useEffect, useState, type ComponentType } from 'react';
import { words } from '../../copy/words';
import { announceNow } from '../../a11y/announcer';
import { useUiStore, type SettingsSection } from '../../stores/uiStore';
import { Sheet } from '../actions/Sheet';

export interface SettingsProps {
  section: SettingsSection;
  /** Something would be lost by closing now; asked for once. */
  onUnsaved: (unsaved: boolean) => void;
}

type Loaded = { is: 'loading' } | { is: 'failed' } | { is: 'ready'; Settings: ComponentType<SettingsProps> };

/** The frame of the settings; what is in it is fetched when it is first opened. */
export function SettingsSheet({ section }: { section: SettingsSection }) {
  const [loaded, setLoaded] = useState<Loaded>({ is: 'loading' });
  const [attempt, setAttempt] = useState(0);
  const [unsaved, setUnsaved] = useState(false);
  const [warned, setWarned] = useState(false);

  useEffect(() => {
    let wanted = true;
    import('./Settings').then(
      ({ Settings }) => wanted && setLoaded({ is: 'ready', Settings }),
      () => wanted && setLoaded({ is: 'failed' }),
    );
    return () => {
      wanted = false;
    };
  }, [attempt]);

  const close = () => {
    if (unsaved && !warned) {
      setWarned(true);
      announceNow(words.settings.unsaved);
    } else useUiStore.getState().showSheet(undefined);
  };
  const noteUnsaved = (next: boolean) => {
    setUnsaved(next);
    setWarned(false);
  };
  const retry = () => {
    setLoaded({ is: 'loading' });
    setAttempt((n) => n + 1);
  };
  return (
    <Sheet title={words.settings.title} className="settings" sticky onClose={close}>
      {warned && unsaved && <p className="notice" role="note">{words.settings.unsaved}</p>}
      {loaded.is === 'loading' && <p className="skeleton tall">{words.settings.loading}</p>}
      {loaded.is === 'failed' && (
        <p className="notice">
          {words.settings.unloadable} <button type="button" onClick={retry}>{words.settings.retry}</button>
        </p>
      )}
      {loaded.is === 'ready' && <loaded.Settings section={section} onUnsaved={noteUnsaved} />}
    </Sheet>
  );
}
