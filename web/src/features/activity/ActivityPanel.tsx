import { useRef, useState } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { auditWords } from '../../copy/auditWords';
import { words } from '../../copy/words';
import { stepOf } from '../../a11y/roving';
import { Panel } from '../../design/Panel';
import { useActivityStore } from '../../stores/activityStore';
import { useUiStore } from '../../stores/uiStore';
import { ActionItem } from './ActionItem';
import { EventItem } from './EventItem';

const ROW = 35;

export function ActivityPanel() {
  const entries = useActivityStore((state) => state.entries);
  const [onlyActions, setOnlyActions] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const shown = onlyActions ? entries.filter((entry) => entry.kind === 'action') : entries;
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => shown[index]?.key ?? index,
    estimateSize: () => ROW,
    overscan: 8,
  });

  return (
    <Panel title={words.activity.title} className="activity" aside={<><Choice onlyActions={onlyActions} choose={setOnlyActions} /><AuditButton /></>}>
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
        {shown.length === 0 && <p className="empty">{words.activity.empty}</p>}
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

function Choice({ onlyActions, choose }: { onlyActions: boolean; choose: (onlyActions: boolean) => void }) {
  return (
    <div className="seg" role="group" aria-label={words.activity.showing}>
      <button type="button" aria-pressed={!onlyActions} onClick={() => choose(false)}>{words.activity.all}</button>
      <button type="button" aria-pressed={onlyActions} onClick={() => choose(true)}>{words.activity.onlyActions}</button>
    </div>
  );
}
