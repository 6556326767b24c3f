import { useEffect } from 'react';
import { words } from '../../copy/words';
import { useRoving } from '../../a11y/roving';
import { Panel } from '../../design/Panel';
import { useClusterStore } from '../../stores/clusterStore';
import { useSummaryStore } from '../../stores/summaryStore';
import { NodeCard } from './NodeCard';

export function NodesPanel() {
  const refs = useClusterStore((state) => state.refs.node);
  const loaded = useClusterStore((state) => state.loaded);
  const reporting = useSummaryStore((state) => state.summary.nodes.reporting);
  const { list, settle, onKeyDown, onFocus } = useRoving();

  useEffect(() => {
    settle();
  }, [refs, settle]);

  return (
    <Panel title={words.nodes.title} className="nodes" note={refs.length > 0 ? words.totals.reporting(reporting, refs.length) : undefined}>
      <div className="scroll" ref={list} onKeyDown={onKeyDown} onFocus={onFocus} data-list="nodes">
        {refs.map((ref) => (
          <NodeCard key={ref} nodeRef={ref} />
        ))}
        {refs.length === 0 && (loaded ? <p className="empty">{words.nodes.empty}</p> : <p className="skeleton tall" />)}
      </div>
    </Panel>
  );
}
