import { useEffect } from 'react';
import { presentedWords } from '../../copy/presentedWords';
import { deferred } from '../../design/deferred';
import { Panel } from '../../design/Panel';
import { usePresentedStore } from '../../stores/presentedStore';

const PresentedData = deferred(() => import('./PresentedData').then((part) => part.PresentedData));

/** What somebody wants to see in the centre; nothing is there until then. */
export function PresentedPanel() {
  const shown = usePresentedStore((state) => state.shown);
  const from = usePresentedStore((state) => state.from);
  useEffect(() => {
    if (shown) document.querySelector('.presented')?.scrollIntoView({ block: 'start' });
  }, [shown]);
  if (!shown) return null;
  return (
    <Panel title={presentedWords.title} className="presented" note={<><bdi>{shown.title}</bdi>{from && <span className="t3 s12"> · <bdi>{presentedWords.by(from.by, from.origin)}</bdi></span>}</>} aside={<button type="button" onClick={() => usePresentedStore.getState().close()}>{presentedWords.close}</button>}>
      <PresentedData data={shown} />
    </Panel>
  );
}
