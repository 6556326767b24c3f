import type { ReactNode } from 'react';
import { words } from '../../copy/words';
import type { Listing } from './useList';

interface ListStateProps<T> {
  list: Listing<T>;
  empty: string;
  reload: () => void;
  children: (items: readonly T[]) => ReactNode;
}

/** Loading, failed and empty look the same in every section. */
export function ListState<T>({ list, empty, reload, children }: ListStateProps<T>) {
  switch (list.state) {
    case 'loading':
      return <p className="skeleton lines">{words.settings.loading}</p>;
    case 'failed':
      return <ListFailure why={list.why} reload={reload} />;
    case 'ready':
      return list.items.length === 0 ? <p className="t2">{empty}</p> : children(list.items);
  }
}

export function ListFailure({ why, reload }: { why: string; reload: () => void }) {
  return (
    <p className="notice" data-failed="">
      {words.settings.failed(why)} <button type="button" onClick={reload}>{words.settings.retry}</button>
    </p>
  );
}
