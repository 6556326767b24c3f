import { words } from '../../copy/words';
import type { StaleView } from '../../stores/freshSelectors';
import type { Resource } from '../../transport/wire';
import { ActionButtons } from '../actions/ActionButtons';
import { MaintenanceNote } from '../maintenance/MaintenanceMark';
import { ResourcePanels } from '../panels/Panels';
import { ResourceProblems } from '../problems/ResourceProblems';
import { NodeFigures, NodeSections } from './NodeDetail';

/** All that is known of an open node, and what can be done with it. */
export function OpenNode({ node, stale }: { node: Resource; stale: StaleView }) {
  return (
    <>
      {stale.stale && <p className="f s12 t2">{node.reason ?? words.staleBecause[stale.because]}</p>}
      <MaintenanceNote node={node} />
      <ResourceProblems resource={node.ref} />
      <NodeFigures node={node} />
      {node.temperatureReason && <p className="t3 s12">{words.nodes.temperature}: <bdi>{node.temperatureReason}</bdi></p>}
      <ResourcePanels resource={node.ref} kind="node" />
      <ActionButtons item={node} />
      <NodeSections node={node} />
    </>
  );
}
