import { useState } from 'react';
import { announceNow } from '../../a11y/announcer';
import { api } from '../../app/server';
import { certificateWords as say } from '../../copy/certificateWords';
import { words } from '../../copy/words';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { ApiError } from '../../transport/api';
import { memberCertificate, type ClusterState, type MemberCertificate } from '../../transport/careWire';
import { listOf } from '../../transport/wire';
import { CertificateLine } from './CertificateLine';
import { clusterIdOf } from './clusterIdOf';

type Looked = { is: 'not' } | { is: 'looking' } | { is: 'failed'; why: string } | { is: 'seen'; certificates: readonly MemberCertificate[] };

const order = ['changed', 'unknown', 'other-name', 'silent', 'consented', 'pinned', 'vouched'];

/** What the members show at this moment, those that wait for somebody first. */
export function ClusterCertificates({ cluster }: { cluster: ClusterState }) {
  const live = useConnectionStore(isLive);
  const [looked, setLooked] = useState<Looked>({ is: 'not' });
  const path = `api/clusters/${encodeURIComponent(clusterIdOf(cluster.ref))}/certificates`;
  const look = async () => {
    if (looked.is === 'looking' || !live) return;
    setLooked({ is: 'looking' });
    try {
      const { items } = await api.get(path, listOf(memberCertificate));
      setLooked({ is: 'seen', certificates: items });
      const waiting = items.filter(({ trusted, shown }) => !trusted && shown).length;
      announceNow(waiting > 0 ? say.waiting(waiting) : say.list);
    } catch (error) {
      const why = error instanceof ApiError ? error.message : words.session.unreachable;
      setLooked({ is: 'failed', why });
      announceNow(say.failed(why));
    }
  };
  return (
    <div className="test">
      <button type="button" aria-label={say.showOf(cluster.name)} aria-disabled={looked.is === 'looking' || !live} onClick={() => void look()}>{say.show}</button>
      {looked.is === 'looking' && <p className="skeleton lines">{say.looking}</p>}
      {looked.is === 'failed' && <p className="notice">{say.failed(looked.why)}</p>}
      {looked.is === 'seen' && looked.certificates.length === 0 && <p className="t2">{say.none}</p>}
      {looked.is === 'seen' && looked.certificates.length > 0 && (
        <ul className="members certs" aria-label={say.list}>
          {[...looked.certificates].sort((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing)).map((certificate) => (
            <CertificateLine key={certificate.address} certificate={certificate} path={path} onDecided={(certificates) => setLooked({ is: 'seen', certificates })} />
          ))}
        </ul>
      )}
    </div>
  );
}
