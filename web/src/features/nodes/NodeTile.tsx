import { percent } from '../../copy/format';
import { shownName } from '../../copy/partWords';
import { scaleWords } from '../../copy/scaleWords';
import { Bar } from '../../design/Bar';
import { useClusterStore } from '../../stores/clusterStore';
import { useUiStore } from '../../stores/uiStore';
import { memoryOf } from '../../stores/memory';
import { RamBar } from './RamBar';

/** A node that is well, where there are many: its name and its two bars. */
export function NodeTile({ nodeRef }: { nodeRef: string }) {
  const node = useClusterStore((state) => state.entities.get(nodeRef));
  if (!node) return null;
  const memory = memoryOf(node);
  const name = shownName(node.name);
  return (
    <li data-ref={nodeRef} data-tile>
      <button type="button" data-roving data-ref={nodeRef} aria-expanded={false} aria-label={scaleWords.tile(name, percent(node.cpu), percent(memory && memory.used / memory.total))} onClick={() => useUiStore.getState().toggleOpen(nodeRef)}>
        <span className="m clip">{name}</span>
        <Bar share={node.cpu} />
        <RamBar memory={memory} />
      </button>
    </li>
  );
}
