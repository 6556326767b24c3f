import { useState } from 'react';
import { announceNow } from '../../a11y/announcer';
import { api } from '../../app/server';
import { clusterWords as say } from '../../copy/careWords';
import { words } from '../../copy/words';
import { CopyText } from '../../design/CopyText';
import { Glyph, type GlyphName } from '../../design/Glyph';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { ApiError } from '../../transport/api';
import { examination, type ClusterState, type Examination } from '../../transport/careWire';
import { clusterIdOf } from './clusterIdOf';

const glyphs: Record<string, GlyphName> = { passed: 'done', limited: 'info', failed: 'critical' };
const order = ['failed', 'limited', 'passed'];

type Tried = { is: 'not' } | { is: 'trying' } | { is: 'failed'; why: string } | { is: 'tried'; found: Examination };

/** Tries everything that Jarvis needs of a cluster; certificates show their fingerprints, with the line that pins them. */
export function ClusterTest({ cluster }: { cluster: ClusterState }) {
  const live = useConnectionStore(isLive);
  const [tried, setTried] = useState<Tried>({ is: 'not' });
  const test = async () => {
    if (tried.is === 'trying' || !live) return;
    setTried({ is: 'trying' });
    try {
      const found = await api.get(`api/clusters/${encodeURIComponent(clusterIdOf(cluster.ref))}/test`, examination);
      setTried({ is: 'tried', found });
      announceNow(found.passed ? say.passed : say.notPassed);
    } catch (error) {
      const why = error instanceof ApiError ? error.message : words.session.unreachable;
      setTried({ is: 'failed', why });
      announceNow(say.failed(why));
    }
  };
  return (
    <div className="test">
      <button type="button" aria-label={say.testOf(cluster.name)} aria-disabled={tried.is === 'trying' || !live} onClick={() => void test()}>{say.test}</button>
      {tried.is === 'trying' && <p className="skeleton lines">{say.testing}</p>}
      {tried.is === 'failed' && <p className="notice">{say.failed(tried.why)}</p>}
      {tried.is === 'tried' && <Checks found={tried.found} />}
    </div>
  );
}

function Checks({ found }: { found: Examination }) {
  return (
    <div data-passed={found.passed}>
      <p><b>{found.passed ? say.passed : say.notPassed}</b></p>
      <ul className="members">
        {[...found.checks].sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome)).map((check) => (
          <li key={check.name} data-outcome={check.outcome}>
            <Glyph name={glyphs[check.outcome] ?? 'info'} />
            <div>
              <p><b><bdi>{check.name}</bdi></b> <span className="oc">{say.outcome[check.outcome] ?? check.outcome}</span></p>
              <p className="t2 s12"><bdi>{check.detail}</bdi></p>
              {check.cure && <CopyText what={say.cure(check.name)} text={check.cure} />}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
