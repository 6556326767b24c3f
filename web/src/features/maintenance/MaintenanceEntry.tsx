import { maintenanceWords } from '../../copy/maintenanceWords';
import { words } from '../../copy/words';
import { useMaintenance } from '../../stores/maintenanceStore';
import { useUiStore } from '../../stores/uiStore';
import type { Resource } from '../../transport/wire';

/** The entry of a node's menu that leads to its maintenance. */
export function MaintenanceEntry({ node, live, close }: { node: Resource; live: boolean; close: () => void }) {
  const work = useMaintenance(node.ref);
  const open = () => {
    if (!live) return;
    close();
    useUiStore.getState().showSheet({ show: 'maintenance', refs: [node.ref], name: node.name });
  };
  return (
    <div role="group" aria-label={maintenanceWords.title}>
      <p className="grp" role="presentation">{maintenanceWords.title}</p>
      <button type="button" role="menuitem" data-roving tabIndex={-1} aria-disabled={!live} onClick={open}>
        <span className="ti">{work ? maintenanceWords.change : maintenanceWords.begin}</span>
        <span className="de">{live ? maintenanceWords.menuNote : words.link.refusal}</span>
      </button>
    </div>
  );
}
