import { useEffect, useState } from 'react';
import { resourceWords } from '../../copy/resourceWords';
import { words } from '../../copy/words';
import { api } from '../../app/server';
import { listOf, protection } from '../../transport/wire';

const said = resourceWords.guest;

/** That no action may harm it, and who says so. */
export function Guarded({ guestRef }: { guestRef: string }) {
  const [reasons, setReasons] = useState<readonly string[]>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const abort = new AbortController();
    api
      .get('api/protections', listOf(protection), abort.signal)
      .then(({ items }) => setReasons(items.filter(({ ref }) => ref === guestRef).map(({ reason }) => reason)))
      .catch(() => {
        if (!abort.signal.aborted) setFailed(true);
      });
    return () => abort.abort();
  }, [guestRef]);
  return (
    <p className="guarded">
      <span className="tag">{said.protection.toLowerCase()}</span> {words.guests.protectedGuest}.{' '}
      <bdi>{failed ? said.whyUnknown : reasons?.join(' ')}</bdi>
    </p>
  );
}
