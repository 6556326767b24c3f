import { announceNow } from '../../a11y/announcer';
import { lazily } from '../../app/lazily';
import { alertWords } from '../../copy/alertWords';
import { useUiStore } from '../../stores/uiStore';

/** The sheet of sound and notifications, fetched when somebody asks for it. */
export const Alerts = lazily(
  async () => (await import('./AlertsSheet')).AlertsSheet,
  () => {
    const { title, unloadable } = alertWords;
    useUiStore.getState().showSheet(undefined);
    useUiStore.getState().addToast({ title, failure: unloadable });
    announceNow(unloadable);
  },
);
