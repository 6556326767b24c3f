import { useId } from 'react';
import { percent, shortDuration } from '../../copy/format';
import { shownName } from '../../copy/partWords';
import { statusWord, words } from '../../copy/words';
import { Bar } from '../../design/Bar';
import { deferred } from '../../design/deferred';
import { Glyph } from '../../design/Glyph';
import { Plate } from '../../design/Plate';
import { useClusterStore } from '../../stores/clusterStore';
import { staleAge, useStale } from '../../stores/freshSelectors';
import { useMark } from '../../stores/problemsStore';
import { severityOf, worse } from '../../stores/severity';
import { useUiStore } from '../../stores/uiStore';
import type { Resource } from '../../transport/wire';
import { MaintenanceMark } from '../maintenance/MaintenanceMark';
import { headOf } from '../problems/names';
import { memoryOf } from '../../stores/memory';
import { RamBar } from './RamBar';

const OpenNode = deferred(() => import('./OpenNode').then((part) => part.OpenNode));

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
  const memory = memoryOf(node);
  const offline = severity === 'critical';

  return (
    <article className={`node${open ? ' exp' : ''}${stale.stale ? ' stl' : ''}`} data-ref={nodeRef} data-stale={stale.stale}>
      <div className="h">
        <Glyph name={severity === 'stale' ? severity : worse(severity, mark?.severity)} label={stale.stale ? words.glyph.stale : mark ? `${statusWord(node.status)}, ${words.glyph[mark.severity]}: ${headOf(mark)}` : statusWord(node.status)} />
        <h3>
          <button type="button" className="nm" data-roving data-ref={nodeRef} aria-expanded={open} aria-controls={detailId} onClick={() => useUiStore.getState().toggleOpen(nodeRef)}>
            {shownName(node.name)}
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
          <div><span>{words.nodes.ram}</span><RamBar memory={memory} /><span className="v" title={memory && memory.cache === undefined ? words.nodes.ramNote : undefined}>{percent(memory && memory.used / memory.total)}</span></div>
        </div>
      )}
      <div id={detailId} hidden={!open}>{open && <OpenNode node={node} stale={stale} />}</div>
    </article>
  );
}
