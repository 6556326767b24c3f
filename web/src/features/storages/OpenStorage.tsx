import { words } from '../../copy/words';
import type { StaleView } from '../../stores/freshSelectors';
import type { Resource } from '../../transport/wire';
import { ActionButtons } from '../actions/ActionButtons';
import { ResourceProblems } from '../problems/ResourceProblems';
import { StorageDetail } from './StorageDetail';

/** All that is known of an open storage, and what can be done with it. */
export function OpenStorage({ storage, seenBy, stale }: { storage: Resource; seenBy: number; stale: StaleView }) {
  return (
    <>
      {stale.stale && <p className="t2 s12">{storage.reason ?? words.staleBecause[stale.because]}</p>}
      <ResourceProblems resource={storage.ref} />
      <ActionButtons item={storage} />
      <StorageDetail storage={storage} seenBy={seenBy} />
    </>
  );
}
