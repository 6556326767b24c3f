import { words } from '../../copy/words';
import { Panel } from '../../design/Panel';
import { useApprovalsStore, visibleCards } from '../../stores/approvalsStore';
import { ApprovalCard } from './ApprovalCard';

export function ApprovalsPanel() {
  const cards = useApprovalsStore((state) => state.cards);
  const gestureSince = useApprovalsStore((state) => state.gestureSince);
  const visible = visibleCards({ cards, gestureSince });
  const pending = visible.filter((card) => card.state === 'PENDING').length;
  return (
    <Panel title={words.approvals.title} className={visible.length === 0 ? 'approvals none' : 'approvals'} note={pending > 0 ? words.approvals.waiting(pending) : words.approvals.empty}>
      {visible.length > 0 && (
        <div className="cards scroll">
          {visible.map((card) => (
            <ApprovalCard key={card.id} card={card} />
          ))}
        </div>
      )}
    </Panel>
  );
}
