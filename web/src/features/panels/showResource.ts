import { flushSync } from 'react-dom';
import { useClusterStore } from '../../stores/clusterStore';
import { useUiStore } from '../../stores/uiStore';

/** Opens a resource where it is listed, and puts focus on it. */
export function showResource(ref: string): void {
  const kind = useClusterStore.getState().entities.get(ref)?.kind;
  flushSync(() => {
    useUiStore.getState().setView(kind === 'guest' ? 'guests' : 'status');
    if ((kind === 'guest' || kind === 'node') && !useUiStore.getState().open.has(ref)) useUiStore.getState().toggleOpen(ref);
  });
  const row = document.querySelector<HTMLElement>(`[data-ref="${CSS.escape(ref)}"]`);
  row?.scrollIntoView({ block: 'nearest' });
  (row?.querySelector<HTMLElement>('[data-roving]') ?? row)?.focus();
}
