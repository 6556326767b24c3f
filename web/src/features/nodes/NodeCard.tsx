import { useId } from 'react';
import { bytes, duration, percent, shortDuration } from '../../copy/format';
import { statusWord, words } from '../../copy/words';
import { Bar } from '../../design/Bar';
import { Glyph } from '../../design/Glyph';
import { Plate } from '../../design/Plate';
import { useClusterStore } from '../../stores/clusterStore';
import { useStale, type StaleView } from '../../stores/freshSelectors';
import { useMark } from '../../stores/problemsStore';
import { severityOf, shareOf, worse } from '../../stores/severity';
import { useUiStore } from '../../stores/uiStore';
import type { Resource } from '../../transport/wire';
import { ActionButtons } from '../actions/ActionButtons';
import { MaintenanceMark, MaintenanceNote } from '../maintenance/MaintenanceMark';
import { headOf } from '../problems/names';
import { ResourcePanels } from '../panels/Panels';
import { ResourceProblems } from '../problems/ResourceProblems';

export function staleAge({ ageSeconds }: StaleView): string {
  return ageSeconds === undefined ? '' : duration(ageSeconds);
}

const temperatureOf = ({ temperatureCelsius: degrees, temperatureStale: old }: Resource) =>
  degrees === undefined ? undefined : (old ? words.nodes.celsiusStale : words.nodes.celsius)(degrees);

/** How warm it is and how long it runs, on the closed card. */
function glance(node: Resource): string {
  const up = node.uptimeSeconds ? words.nodes.up(shortDuration(node.uptimeSeconds)) : undefined;
  return [temperatureOf(node), up].filter((part) => part !== undefined).join(' · ');
}

/** A node; its header is the only toggle, its detail opens in place. */
export function NodeCard({ nodeRef }: { nodeRef: string }) {
  const node = useClusterStore((state) => state.entities.get(nodeRef));
  const open = useUiStore((state) => state.open.has(nodeRef));
  const stale = useStale(node);
  const mark = useMark(nodeRef);
  const detailId = useId();
  if (!node) return null;
  const severity = stale.stale ? 'stale' : severityOf(node);
  const loud = severity !== 'stale' && mark && mark.severity !== 'info' ? mark : undefined;
  const memory = shareOf(node.memoryUsedBytes, node.memoryTotalBytes);
  const offline = severity === 'critical';

  return (
    <article className={`node${open ? ' exp' : ''}${stale.stale ? ' stl' : ''}`} data-ref={nodeRef} data-stale={stale.stale}>
      <div className="h">
        <Glyph name={severity === 'stale' ? severity : worse(severity, mark?.severity)} label={stale.stale ? words.glyph.stale : mark ? `${statusWord(node.status)}, ${words.glyph[mark.severity]}: ${headOf(mark)}` : statusWord(node.status)} />
        <h3>
          <button type="button" className="nm" data-roving data-ref={nodeRef} aria-expanded={open} aria-controls={detailId} onClick={() => useUiStore.getState().toggleOpen(nodeRef)}>
            {node.name}
          </button>
        </h3>
        {stale.stale && <Plate kind="stale">{words.plate.stale(staleAge(stale))}</Plate>}
        {offline && <Plate kind="critical">{words.plate.offline}</Plate>}
        {loud && !offline && <Plate kind={loud.severity}>{loud.title}</Plate>}
        {severity === 'warning' && !loud && <Plate kind="warning">{statusWord(node.status).toUpperCase()}</Plate>}
        <MaintenanceMark nodeRef={nodeRef} />
        <span className="sp" />
        <span className="m s12 t2 end">{stale.stale ? words.nodes.lastKnown : glance(node)}</span>
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
  const temperature = temperatureOf(node);
  const rows: readonly (readonly [string, string])[] = [
    [words.nodes.ramUsed, bytes(node.memoryUsedBytes)],
    [words.nodes.cores, node.cpus === undefined ? '–' : String(node.cpus)],
    [words.nodes.ramFree, bytes(free)],
    [words.nodes.load, node.load1 === undefined ? '–' : node.load1.toFixed(2)],
    [words.nodes.disk, percent(shareOf(node.diskUsedBytes, node.diskTotalBytes))],
    [words.guests.uptime, duration(node.uptimeSeconds)],
    ...(temperature === undefined ? [] : [[words.nodes.temperature, temperature] as const]),
    ...(node.version === undefined ? [] : [[words.nodes.version, node.version] as const]),
  ];
  return (
    <>
      {stale.stale && <p className="f s12 t2">{node.reason ?? words.staleBecause[stale.because]}</p>}
      <MaintenanceNote node={node} />
      <ResourceProblems resource={node.ref} />
      <dl className="det">
        {rows.map(([label, value]) => (
          <div key={label}><dt>{label}</dt><dd>{value}</dd></div>
        ))}
      </dl>
      <p className="t3 s12">{words.nodes.ram}: {words.nodes.ramNote}</p>
      {node.temperatureReason && <p className="t3 s12">{words.nodes.temperature}: <bdi>{node.temperatureReason}</bdi></p>}
      <ResourcePanels resource={node.ref} kind="node" />
      <ActionButtons item={node} />
    </>
  );
}
