import { flushSync } from 'react-dom';
import { useClusterStore } from '../stores/clusterStore';
import { useUiStore } from '../stores/uiStore';

const FRAMES = 30;

/** Brings a resource onto the screen, opens it where it is shown, and puts focus on it. */
export function showResource(ref: string): void {
  const item = useClusterStore.getState().entities.get(ref);
  if (!item) return;
  const ui = useUiStore.getState();
  flushSync(() => {
    ui.setView(item.kind === 'guest' ? 'guests' : 'status');
    // Of thousands only those in view are in the document: the filter brings this one there.
    if (item.kind === 'guest') ui.setFilter(String(item.vmid ?? item.name));
    if (item.kind !== 'storage' && item.kind !== 'cluster' && !ui.open.has(ref)) ui.toggleOpen(ref);
  });
  focusWhenDrawn(ref, FRAMES);
}

function focusWhenDrawn(ref: string, frames: number): void {
  const element = document.querySelector<HTMLElement>(`#left [data-roving][data-ref="${CSS.escape(ref)}"], #left [data-ref="${CSS.escape(ref)}"] button`);
  if (element) {
    element.focus();
    element.scrollIntoView({ block: 'nearest' });
  } else if (frames > 0) requestAnimationFrame(() => focusWhenDrawn(ref, frames - 1));
}
