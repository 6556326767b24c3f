import type { ReactNode } from 'react';
import { words } from '../../copy/words';
import { Plate } from '../../design/Plate';
import { useClusterStore } from '../../stores/clusterStore';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import type { Resource } from '../../transport/wire';

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
  return live ? refs.map((ref) => <ClusterBanner key={ref} clusterRef={ref} />) : null;
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
