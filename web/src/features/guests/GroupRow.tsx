import './guests.css';
import { scaleWords } from '../../copy/scaleWords';
import { groupName, useGuestViewStore } from '../../stores/guestView';

interface GroupRowProps {
  groupKey: string;
  count: number;
  index: number;
  tabStop: boolean;
}

/** The guests of a node that are well, in one line until somebody wants to see them. */
export function GroupRow({ groupKey, count, index, tabStop }: GroupRowProps) {
  const open = useGuestViewStore((state) => state.groups.has(groupKey));
  const name = groupName(groupKey) || scaleWords.nodeless;
  return (
    <div role="row" aria-rowindex={index + 1} className="gr grp">
      <span role="gridcell" className="grp-cell">
        <button type="button" className="nm" data-roving data-ref={groupKey} tabIndex={tabStop ? 0 : -1} aria-expanded={open} aria-label={scaleWords.groupOf(name, count)} onClick={() => useGuestViewStore.getState().toggleGroup(groupKey)}>
          <span className="clip">{name}</span>
          <span className="sp" />
          <span className="t2">{scaleWords.group(count)}</span>
          <span className="m s12 t3">{scaleWords.normal}</span>
        </button>
      </span>
    </div>
  );
}
