import { clusterWords as say } from '../../copy/careWords';
import { duration } from '../../copy/format';
import { statusWord, words } from '../../copy/words';
import { Glyph, type GlyphName } from '../../design/Glyph';
import { useClusterStore } from '../../stores/clusterStore';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { useUiStore } from '../../stores/uiStore';
import { clusterState, type ClusterState, type Member } from '../../transport/careWire';
import { ClusterCertificates } from './ClusterCertificates';
import { clusterIdOf } from './clusterIdOf';
import { ClusterTest } from './ClusterTest';
import { ListState } from './ListState';
import { useList } from './useList';

const glyphs: Record<string, GlyphName> = { live: 'normal', connecting: 'info', failing: 'critical', missing: 'warning' };
const memberGlyphs: Record<string, GlyphName> = { answering: 'normal', untried: 'info', failing: 'warning', resting: 'warning' };

/** How Jarvis stands with every cluster, and a test of everything that it needs there. */
export function ClustersSection() {
  const { list, reload } = useList('api/clusters', clusterState);
  return (
    <section>
      <h3>{words.settings.sections.clusters}</h3>
      <p className="t2 s13">{say.lead} <button type="button" onClick={reload}>{words.settings.reload}</button></p>
      <ListState list={list} empty={say.empty} reload={reload}>
        {(clusters) => <ul className="lines exts">{clusters.map((cluster) => <ClusterLine key={cluster.ref} cluster={cluster} />)}</ul>}
      </ListState>
    </section>
  );
}

function useAge(at: string | null | undefined): string | undefined {
  const seconds = useConnectionStore((state) => Math.floor((state.now + state.offset - Date.parse(at ?? '')) / 1_000));
  return Number.isNaN(seconds) ? undefined : duration(Math.max(0, seconds));
}

function ClusterLine({ cluster }: { cluster: ClusterState }) {
  const live = useConnectionStore(isLive);
  const age = useAge(cluster.observedAt);
  const { traffic } = cluster;
  const facts = [
    ...(cluster.version ? [say.version(cluster.version)] : []),
    ...(typeof cluster.votes === 'number' && typeof cluster.expectedVotes === 'number' ? [say.quorum(cluster.votes, cluster.expectedVotes)] : []),
    ...(age === undefined ? [] : [say.seen(age)]),
    ...(traffic ? [say.traffic(traffic.hot + traffic.slow + traffic.demanded, traffic.slow, traffic.failed)] : []),
  ];
  const maintain = () => {
    const nodes = useClusterStore.getState().refs.node.filter((ref) => clusterIdOf(ref) === clusterIdOf(cluster.ref));
    if (live && nodes.length > 0) useUiStore.getState().showSheet({ show: 'maintenance', refs: nodes, name: cluster.name });
  };
  return (
    <li data-cluster={cluster.ref} data-connection={cluster.connection}>
      <div className="head">
        <Glyph name={glyphs[cluster.connection ?? ''] ?? 'info'} />
        <p>
          <b><bdi>{cluster.name}</bdi></b> <span className="oc">{say.connection[cluster.connection ?? ''] ?? statusWord(cluster.status)}</span>
          <span className="oc">{statusWord(cluster.status)}</span>
        </p>
        <button type="button" aria-disabled={!live} title={live ? undefined : words.link.refusal} onClick={maintain}>{say.maintain}</button>
      </div>
      <p className="t2 s12">{facts.join(', ')}</p>
      {cluster.reason && <p className="reasons"><bdi>{cluster.reason}</bdi></p>}
      {cluster.members && cluster.members.length > 0 && (
        <ul className="members" aria-label={say.members}>
          {cluster.members.map((member) => <MemberLine key={member.address} member={member} />)}
        </ul>
      )}
      <ClusterTest cluster={cluster} />
      <ClusterCertificates cluster={cluster} />
    </li>
  );
}

function MemberLine({ member }: { member: Member }) {
  const age = useAge(member.lastAnswer);
  const facts = [
    member.pinned ? say.pinned : say.notPinned,
    ...(member.configured ? [] : [say.discovered]),
    ...(age === undefined ? [] : [say.lastAnswer(age)]),
    ...(member.clockOffsetSeconds ? [say.clock(member.clockOffsetSeconds)] : []),
  ];
  return (
    <li data-member={member.address} data-state={member.state}>
      <Glyph name={memberGlyphs[member.state] ?? 'info'} />
      <div>
        <p><b><bdi>{member.node ?? member.address}</bdi></b> <span className="oc">{say.state[member.state] ?? member.state}</span></p>
        <p className="t2 s12">{member.node && <><bdi className="m">{member.address}</bdi>, </>}{facts.join(', ')}</p>
        {member.reason && <p className="s12"><bdi>{member.reason}</bdi></p>}
      </div>
    </li>
  );
}
