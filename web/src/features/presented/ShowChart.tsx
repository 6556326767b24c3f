import { presentedWords } from '../../copy/presentedWords';
import { useUiStore } from '../../stores/uiStore';
import { usePresentedStore } from '../../stores/presentedStore';
import type { Resource } from '../../transport/wire';
import type { Figure } from './presented';

/** Puts the course of a resource's figures into the centre, large. */
export function ShowChart({ item, figures }: { item: Resource; figures: readonly Figure[] }) {
  const show = () => {
    // Where there is one column, the centre is part of its first view.
    useUiStore.getState().setView('status');
    usePresentedStore.getState().show({ show: 'chart', title: item.name, series: figures.map((figure) => ({ ref: item.ref, figure })), minutes: 60 });
  };
  return <button type="button" className="show-chart" aria-label={presentedWords.showOf(item.name)} onClick={show}>{presentedWords.show}</button>;
}
