import { useId } from 'react';
import { bytes, duration, percent, shortDuration } from '../../copy/format';
import { statusWord, words } from '../../copy/words';
import { Bar } from '../../design/Bar';
import { Glyph } from '../../design/Glyph';
import { Plate } from '../../design/Plate';
import { useClusterStore } from '../../stores/clusterStore';
import { useStale, type StaleView } from '../../stores/freshSelectors';
import { severityOf, shareOf } from '../../stores/severity';
import { useUiStore } from '../../stores/uiStore';
import type { Resource } from '../../transport/wire';
import { ActionButtons } from '../actions/ActionButtons';

export function staleAge({ ageSeconds }: StaleView): string {
  return ageSeconds === undefined ? '' : duration(ageSeconds);
}

/** A node; its header is the only toggle, its detail opens in place. */
export function NodeCard({ nodeRef }: { nodeRef: string }) {
  const node = useClusterStore((state) => state.entities.get(nodeRef));
  const open = useUiStore((state) => state.open.has(nodeRef));
  const stale = useStale(node);
  const detailId = useId();
  if (!node) return null;
  const severity = stale.stale ? 'stale' : severityOf(node);
  const memory = shareOf(node.memoryUsedBytes, node.memoryTotalBytes);
  const offline = severity === 'critical';

  return (
    <article className={`node${open ? ' exp' : ''}${stale.stale ? ' stl' : ''}`} data-ref={nodeRef} data-stale={stale.stale}>
      <div className="h">
        <Glyph name={severity} label={stale.stale ? words.glyph.stale : statusWord(node.status)} />
        <h3>
          <button type="button" className="nm" data-roving data-ref={nodeRef} aria-expanded={open} aria-controls={detailId} onClick={() => useUiStore.getState().toggleOpen(nodeRef)}>
            {node.name}
          </button>
        </h3>
        {stale.stale && <Plate kind="stale">{words.plate.stale(staleAge(stale))}</Plate>}
        {offline && <Plate kind="critical">{words.plate.offline}</Plate>}
        {severity === 'warning' && <Plate kind="warning">{statusWord(node.status).toUpperCase()}</Plate>}
        <span className="sp" />
        <span className="m s12 t2 end">{stale.stale ? words.nodes.lastKnown : node.uptimeSeconds ? words.nodes.up(shortDuration(node.uptimeSeconds)) : ''}</span>
      </div>
      {(stale.stale || !offline) && (
        <div className="mt">
          <div><span>{words.nodes.cpu}</span><Bar share={node.cpu} /><span className="v">{percent(node.cpu)}</span></div>
          <div><span>{words.nodes.ram}</span><Bar share={memory} /><span className="v">{percent(memory)}</span></div>
        </div>
      )}
      <div id={detailId} hidden={!open}>{open && <NodeDetail node={node} stale={stale} />}</div>
    </article>
  );
}

function NodeDetail({ node, stale }: { node: Resource; stale: StaleView }) {
  const free = node.memoryTotalBytes !== undefined && node.memoryUsedBytes !== undefined ? node.memoryTotalBytes - node.memoryUsedBytes : undefined;
  const rows: readonly (readonly [string, string])[] = [
    [words.nodes.ramUsed, bytes(node.memoryUsedBytes)],
    [words.nodes.cores, node.cpus === undefined ? '–' : String(node.cpus)],
    [words.nodes.ramFree, bytes(free)],
    [words.nodes.load, node.load1 === undefined ? '–' : node.load1.toFixed(2)],
    [words.nodes.disk, percent(shareOf(node.diskUsedBytes, node.diskTotalBytes))],
    [words.guests.uptime, duration(node.uptimeSeconds)],
    ...(node.version === undefined ? [] : [[words.nodes.version, node.version] as const]),
  ];
  return (
    <>
      {stale.stale && <p className="f s12 t2">{node.reason ?? words.staleBecause[stale.because]}</p>}
      <dl className="det">
        {rows.map(([label, value]) => (
          <div key={label}><dt>{label}</dt><dd>{value}</dd></div>
        ))}
      </dl>
      <p className="t3 s12">{words.nodes.ram}: {words.nodes.ramNote}</p>
      <ActionButtons item={node} />
    </>
  );
}
