import { announceNow } from '../../a11y/announcer';
import { lazily } from '../../app/lazily';
import { shellWords } from '../../copy/shellWords';
import { useClusterStore } from '../../stores/clusterStore';
import { useUiStore } from '../../stores/uiStore';

const OpenMenu = lazily(
  async () => (await import('./OpenMenu')).OpenMenu,
  () => {
    const { failed, unloadable } = shellWords.more;
    useUiStore.getState().showMenu(undefined);
    useUiStore.getState().addToast({ title: failed, failure: unloadable });
    announceNow(unloadable);
  },
);

/** The menu of a resource; what is in it is fetched with the first one. */
export function ActionMenu() {
  const menu = useUiStore((state) => state.menu);
  const item = useClusterStore((state) => (menu ? state.entities.get(menu.ref) : undefined));
  return menu && item ? <OpenMenu key={menu.ref} item={item} anchor={menu.anchor} /> : null;
}
