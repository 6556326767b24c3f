import { announceNow } from '../../a11y/announcer';
import { lazily } from '../../app/lazily';
import { shellWords } from '../../copy/shellWords';
import { useUiStore } from '../../stores/uiStore';

/** What has no room in the bar, fetched when somebody asks for it. */
export const More = lazily(
  async () => (await import('./MoreSheet')).MoreSheet,
  () => {
    const { title, unloadable } = shellWords.more;
    useUiStore.getState().showSheet(undefined);
    useUiStore.getState().addToast({ title, failure: unloadable });
    announceNow(unloadable);
  },
);
