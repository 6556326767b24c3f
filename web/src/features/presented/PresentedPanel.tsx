import { useEffect } from 'react';
import { presentedWords } from '../../copy/presentedWords';
import { deferred } from '../../design/deferred';
import { Panel } from '../../design/Panel';
import { usePresentedStore } from '../../stores/presentedStore';

const PresentedData = deferred(() => import('./PresentedData').then((part) => part.PresentedData));

/** What somebody wants to see in the centre; nothing is there until then. */
export function PresentedPanel() {
  const shown = usePresentedStore((state) => state.shown);
  useEffect(() => {
    if (shown) document.querySelector('.presented')?.scrollIntoView({ block: 'start' });
  }, [shown]);
  if (!shown) return null;
  return (
    <Panel title={presentedWords.title} className="presented" note={<bdi>{shown.title}</bdi>} aside={<button type="button" onClick={() => usePresentedStore.getState().close()}>{presentedWords.close}</button>}>
      <PresentedData data={shown} />
    </Panel>
  );
}
