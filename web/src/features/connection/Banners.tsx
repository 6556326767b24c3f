import type { ReactNode } from 'react';
import { words } from '../../copy/words';
import { Plate } from '../../design/Plate';
import { useClusterStore } from '../../stores/clusterStore';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { useSessionStore } from '../../stores/sessionStore';
import { useUiStore } from '../../stores/uiStore';
import type { Resource } from '../../transport/wire';
import { HaltBanner } from '../halt/HaltBanner';
import { NewPageBanner } from '../newPage/NewPageBanner';
import { troublesOf } from './troubles';

interface Missing {
  plate: ReactNode;
  text: string;
}

/** What is missing at one cluster, the most fundamental thing first. */
function missingAt(cluster: Resource): Missing | undefined {
  const { banners, plate } = words;
  if (cluster.connection === 'missing') return { plate: <Plate kind="warning">{plate.missing}</Plate>, text: banners.missing(cluster.name) };
  if (cluster.status === 'unreachable' || cluster.connection === 'failing') return { plate: <Plate kind="critical">{plate.unreachable}</Plate>, text: banners.unreachable(cluster.name) };
  if (cluster.status === 'no-quorum' || cluster.quorate === false) return { plate: <Plate kind="critical">{plate.noQuorum}</Plate>, text: banners.noQuorum(cluster.name) };
  if (cluster.connection === 'connecting') return { plate: null, text: banners.connecting(cluster.name) };
  return undefined;
}

/** Says what is missing while it is missing; with the line itself down, the connection bar speaks instead. */
export function Banners() {
  const live = useConnectionStore(isLive);
  const refs = useClusterStore((state) => state.refs.cluster);
  if (!live) return null;
  return (
    <>
      <HaltBanner />
      <NewPageBanner />
      <HealthBanners />
      {refs.map((ref) => <ClusterBanner key={ref} clusterRef={ref} />)}
    </>
  );
}

/** Jarvis's own trouble: first that it may change nothing, then what else of it is out of order. */
function HealthBanners() {
  const health = useSessionStore((state) => state.health);
  const told = troublesOf(health).filter(({ telling }) => telling === 'banner');
  return told.map(({ component, safeMode }) => (
    <div key={component.name} className="banner" data-banner={component.name}>
      <Plate kind={component.status === 'DOWN' ? 'critical' : 'warning'}>{safeMode ? words.plate.safeMode : component.status}</Plate>
      <p>
        {!safeMode && <b><bdi>{component.name}</bdi>: </b>}
        <bdi>{component.detail ?? words.banners.component(component.name, component.status)}</bdi>
        {safeMode && <span className="t2"> {words.banners.safeMode}</span>}
      </p>
      <span className="sp" />
      <button type="button" onClick={() => useUiStore.getState().showSheet({ show: 'settings', section: 'health' })}>{words.banners.health}</button>
    </div>
  ));
}

function ClusterBanner({ clusterRef }: { clusterRef: string }) {
  const cluster = useClusterStore((state) => state.entities.get(clusterRef));
  const missing = cluster && missingAt(cluster);
  if (!missing) return null;
  return (
    <div className="banner" data-banner={cluster.connection ?? cluster.status} data-ref={clusterRef}>
      {missing.plate}
      <p>
        {missing.text}
        {cluster.reason && <span className="t2"> {words.banners.reason(cluster.reason)}</span>}
      </p>
    </div>
  );
}
