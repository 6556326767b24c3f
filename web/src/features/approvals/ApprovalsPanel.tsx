import { words } from '../../copy/words';
import { deferred } from '../../design/deferred';
import { Panel } from '../../design/Panel';
import { useApprovalsStore, visibleCards } from '../../stores/approvalsStore';
import { consentCards, useExtensionsStore } from '../../stores/extensionsStore';
import { useWaitingCount } from '../../stores/waiting';

const ApprovalCard = deferred(() => import('./ApprovalCard').then((part) => part.ApprovalCard));
const ExtensionCard = deferred(() => import('../extensions/ExtensionCard').then((part) => part.ExtensionCard));

/** Everything that waits for a person's consent: actions, and code that somebody dropped in. */
export function ApprovalsPanel() {
  const cards = useApprovalsStore((state) => state.cards);
  const gestureSince = useApprovalsStore((state) => state.gestureSince);
  const extensions = consentCards(useExtensionsStore((state) => state.cards));
  const visible = visibleCards({ cards, gestureSince });
  const waiting = useWaitingCount();
  const none = visible.length === 0 && extensions.length === 0;
  return (
    <Panel title={words.approvals.title} className={none ? 'approvals none' : 'approvals'} note={waiting > 0 ? words.approvals.waiting(waiting) : words.approvals.empty}>
      {!none && (
        <div className="cards scroll">
          {visible.map((card) => (
            <ApprovalCard key={card.id} card={card} />
          ))}
          {extensions.map((card) => (
            <ExtensionCard key={card.id} card={card} />
          ))}
        </div>
      )}
    </Panel>
  );
}
