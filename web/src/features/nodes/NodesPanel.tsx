import './nodes.css';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { words } from '../../copy/words';
import { scaleWords } from '../../copy/scaleWords';
import { moveFocus, useRoving } from '../../a11y/roving';
import { Panel } from '../../design/Panel';
import { useClusterStore } from '../../stores/clusterStore';
import { useSummaryStore } from '../../stores/summaryStore';
import { NodeCard } from './NodeCard';
import { NodeTile } from './NodeTile';
import { useCards } from './wellness';

export function NodesPanel() {
  const refs = useClusterStore((state) => state.refs.node);
  const loaded = useClusterStore((state) => state.loaded);
  const reporting = useSummaryStore((state) => state.summary.nodes.reporting);
  const [pointer, setPointer] = useState(false);
  const [focus, setFocus] = useState(false);
  const cards = useCards(refs, pointer || focus);
  const tiles = refs.filter((ref) => !cards.includes(ref));
  const { list, settle, onKeyDown, onFocus } = useRoving();
  const shown = [...cards, ...tiles].join(' ');

  const last = useRef<string>(undefined);
  useEffect(() => {
    settle();
    // A tile that became a card, or a card a tile, is the same node: it keeps the focus.
    if (last.current !== undefined && document.activeElement === document.body) list.current?.querySelector<HTMLElement>(`[data-roving][data-ref="${CSS.escape(last.current)}"]`)?.focus();
  }, [shown, settle, list]);

  /** Tiles stand beside each other: their neighbours are to the left and right, too. */
  const sideways = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : undefined;
    const onTile = event.target instanceof HTMLElement && event.target.closest('[data-tile]') !== null;
    if (step !== undefined && onTile && list.current && moveFocus(list.current, step)) event.preventDefault();
  };
  return (
    <Panel title={words.nodes.title} className="nodes" note={refs.length > 0 ? words.totals.reporting(reporting, refs.length) : undefined}>
      <div
        className="scroll"
        ref={list}
        data-list="nodes"
        onKeyDown={(event) => {
          onKeyDown(event);
          sideways(event);
        }}
        onFocus={(event) => {
          setFocus(true);
          last.current = event.target.closest<HTMLElement>('[data-ref]')?.dataset['ref'];
          onFocus(event);
        }}
        onBlur={(event) => {
          const inside = event.currentTarget.contains(event.relatedTarget);
          setFocus(inside);
          if (!inside && event.target.isConnected) last.current = undefined;
        }}
        onPointerEnter={() => setPointer(true)}
        onPointerLeave={() => setPointer(false)}
      >
        {cards.map((ref) => (
          <NodeCard key={ref} nodeRef={ref} />
        ))}
        {tiles.length > 0 && (
          <ul className="tiles" aria-label={scaleWords.tiles}>
            {tiles.map((ref) => <NodeTile key={ref} nodeRef={ref} />)}
          </ul>
        )}
        {refs.length === 0 && (loaded ? <p className="empty">{words.nodes.empty}</p> : <p className="skeleton tall" />)}
      </div>
    </Panel>
  );
}
