import { dayAndTime, timeOfDay } from '../../copy/format';
import { maintenanceWords } from '../../copy/maintenanceWords';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { useMaintenance } from '../../stores/maintenanceStore';
import { useUiStore } from '../../stores/uiStore';
import { words } from '../../copy/words';
import type { Resource } from '../../transport/wire';
import './maintenance.css';

const DAY_MS = 86_400_000;

/** The hour alone where that cannot be misread. */
function endOf(until: string): string {
  const at = Date.parse(until);
  return at - Date.now() < DAY_MS ? timeOfDay(at) : dayAndTime(at || 0);
}

/** That somebody works on a node, on its closed card. Outlined: it is planned. */
export function MaintenanceMark({ nodeRef }: { nodeRef: string }) {
  const work = useMaintenance(nodeRef);
  return work ? <span className="tag care" data-maintenance={nodeRef}>{maintenanceWords.mark(endOf(work.until))}</span> : null;
}

/** Who works on a node and why, on its open card, and the way to begin, change or end it. */
export function MaintenanceNote({ node }: { node: Resource }) {
  const work = useMaintenance(node.ref);
  const live = useConnectionStore(isLive);
  return (
    <div className={work ? 'care-note' : 'care-note none'}>
      {work && (
        <p>
          <bdi>{maintenanceWords.byUntil(work.by, dayAndTime(Date.parse(work.until) || 0))}</bdi>{' '}
          {work.reason && <bdi className="t2">{work.reason}</bdi>}
        </p>
      )}
      <button
        type="button"
        aria-disabled={!live}
        title={live ? maintenanceWords.menuNote : words.link.refusal}
        onClick={() => {
          if (live) useUiStore.getState().showSheet({ show: 'maintenance', refs: [node.ref], name: node.name });
        }}
      >
        {work ? maintenanceWords.change : maintenanceWords.begin}
      </button>
    </div>
  );
}
