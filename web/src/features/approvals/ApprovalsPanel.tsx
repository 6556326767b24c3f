import { approvalWords } from '../../copy/approvalWords';
import { words } from '../../copy/words';
import { deferred } from '../../design/deferred';
import { Panel } from '../../design/Panel';
import { NARROW, useAtLeast } from '../../design/useWidth';
import { useApprovalsStore, visibleCards, type ApprovalCardState } from '../../stores/approvalsStore';
import { useChatStore } from '../../stores/chatStore';
import { consentCards, useExtensionsStore } from '../../stores/extensionsStore';
import { useUiStore } from '../../stores/uiStore';
import { useWaitingCount } from '../../stores/waiting';

const ApprovalCard = deferred(() => import('./ApprovalCard').then((part) => part.ApprovalCard));
const ExtensionCard = deferred(() => import('../extensions/ExtensionCard').then((part) => part.ExtensionCard));

/** Those that do not stand in the talk, where somebody asked for them and sees them; where the talk is folded or on another tab, all. */
function useElsewhere(cards: readonly ApprovalCardState[]): readonly ApprovalCardState[] {
  const inTalk = useChatStore((state) => state.cards);
  const open = useUiStore((state) => state.mode !== 'minimal');
  return useAtLeast(NARROW) && open ? cards.filter(({ id }) => !inTalk.has(id)) : cards;
}

/** Everything that waits for a person's consent: actions, and code that somebody dropped in. */
export function ApprovalsPanel() {
  const cards = useApprovalsStore((state) => state.cards);
  const gestureSince = useApprovalsStore((state) => state.gestureSince);
  const extensions = consentCards(useExtensionsStore((state) => state.cards));
  const visible = useElsewhere(visibleCards({ cards, gestureSince }));
  const waiting = useWaitingCount();
  const none = visible.length === 0 && extensions.length === 0;
  return (
    <Panel title={words.approvals.title} className={none ? 'approvals none' : 'approvals'} note={waiting === 0 ? words.approvals.empty : none ? approvalWords.inTalk(waiting) : words.approvals.waiting(waiting)}>
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
