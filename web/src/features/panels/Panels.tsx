import { lazy, Suspense } from 'react';
import { panelWords as words } from '../../copy/panelWords';
import { usePanelsStore } from '../../stores/panelsStore';
import type { Kind } from '../../transport/wire';

/** Fetched with the first panel: most houses have none. */
const PanelCard = lazy(() => import('./PanelCard').then(({ PanelCard: card }) => ({ default: card })));

/** What extensions show in the middle of the page; nothing at all where none does. */
export function HomePanels() {
  const panels = usePanelsStore((state) => state.panels);
  const home = panels.filter(({ subject }) => subject === null);
  if (home.length === 0) return null;
  return (
    <div className="panels scroll" role="region" aria-label={words.region} tabIndex={0}>
      <Suspense fallback={<p className="skeleton tall" aria-label={words.loading} />}>
        {home.map((info) => <PanelCard key={info.id} info={info} place={null} />)}
      </Suspense>
    </div>
  );
}

/** What extensions show within a resource that is open. */
export function ResourcePanels({ resource, kind }: { resource: string; kind: Kind }) {
  const panels = usePanelsStore((state) => state.panels);
  const here = panels.filter(({ subject }) => subject === kind);
  if (here.length === 0) return null;
  return (
    <Suspense fallback={<p className="skeleton lines" aria-label={words.loading} />}>
      {here.map((info) => <PanelCard key={info.id} info={info} place={resource} />)}
    </Suspense>
  );
}
