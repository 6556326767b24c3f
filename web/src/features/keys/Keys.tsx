import { announceNow } from '../../a11y/announcer';
import { lazily } from '../../app/lazily';
import { keysWords as say } from '../../copy/keysWords';
import { useUiStore } from '../../stores/uiStore';

/** The sheet of keys, fetched when somebody asks for it. */
export const Keys = lazily(
  async () => (await import('./KeysSheet')).KeysSheet,
  () => {
    useUiStore.getState().showSheet(undefined);
    useUiStore.getState().addToast({ title: say.title, failure: say.unloadable });
    announceNow(say.unloadable);
  },
);
