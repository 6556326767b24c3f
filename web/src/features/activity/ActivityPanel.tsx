import { useRef, useState } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { activityWords as say } from '../../copy/activityWords';
import { auditWords } from '../../copy/auditWords';
import { words } from '../../copy/words';
import { stepOf } from '../../a11y/roving';
import { Panel } from '../../design/Panel';
import { useActivityStore } from '../../stores/activityStore';
import { useUiStore } from '../../stores/uiStore';
import { ActionItem } from './ActionItem';
import { activityKinds, actorsOf, everything, fits, type ActivityFilter } from './activityFilter';
import { EventItem } from './EventItem';
import './activity.css';

const ROW = 35;

export function ActivityPanel() {
  const entries = useActivityStore((state) => state.entries);
  const actions = useActivityStore((state) => state.actions);
  const [filter, setFilter] = useState(everything);
  const scroller = useRef<HTMLDivElement>(null);
  const shown = filter === everything ? entries : entries.filter((entry) => fits(entry, actions, filter));
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => shown[index]?.key ?? index,
    estimateSize: () => ROW,
    overscan: 8,
  });

  return (
    <Panel title={words.activity.title} className="activity" aside={<><Choice filter={filter} choose={setFilter} /><AuditButton /></>}>
      <div
        className="scroll"
        ref={scroller}
        data-list="activity"
        tabIndex={shown.length > 0 ? 0 : undefined}
        role="group"
        aria-label={words.activity.title}
        onKeyDown={(event) => {
          const step = stepOf(event.key);
          if (event.target === scroller.current && (step === 1 || step === -1)) scroller.current.scrollBy({ top: step * ROW });
        }}
      >
        {shown.length === 0 && <p className="empty">{entries.length > 0 ? say.noMatch : words.activity.empty}</p>}
        <div className="virtual" role="list" aria-label={words.activity.title} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((row) => {
            const entry = shown[row.index];
            return entry === undefined ? null : (
              <div key={row.key} role="listitem" ref={virtualizer.measureElement} data-index={row.index} className="slot" style={{ transform: `translateY(${String(row.start)}px)` }}>
                {entry.kind === 'action' ? <ActionItem actionId={entry.actionId} at={entry.at} /> : <EventItem event={entry.event} at={entry.at} />}
              </div>
            );
          })}
        </div>
      </div>
    </Panel>
  );
}

function AuditButton() {
  return <button type="button" title={auditWords.openTitle} onClick={() => useUiStore.getState().showSheet({ show: 'audit' })}>{auditWords.open}</button>;
}

function Choice({ filter, choose }: { filter: ActivityFilter; choose: (filter: ActivityFilter) => void }) {
  const names = useActivityStore((state) => actorsOf(state.actions).join('\n'));
  const actors = names === '' ? [] : names.split('\n');
  // Whoever is chosen stays in the list though nothing of theirs is left there.
  const offered = filter.actor === '' || actors.includes(filter.actor) ? actors : [...actors, filter.actor];
  const pick = (next: ActivityFilter) => choose(next.kind === 'all' && next.actor === '' ? everything : next);
  return (
    <>
      {offered.length > 0 && (
        <select className="who-filter" aria-label={say.actor} value={filter.actor} onChange={(event) => pick({ ...filter, actor: event.target.value })}>
          <option value="">{say.everybody}</option>
          {offered.map((actor) => <option key={actor} value={actor}>{actor}</option>)}
        </select>
      )}
      <div className="seg" role="group" aria-label={words.activity.showing}>
        {activityKinds.map((kind) => (
          <button key={kind} type="button" aria-pressed={filter.kind === kind} onClick={() => pick({ ...filter, kind })}>{say.kinds[kind]}</button>
        ))}
      </div>
    </>
  );
}
