import { useApprovalsStore } from './approvalsStore';
import { useExtensionsStore, waitingForConsent } from './extensionsStore';

/** Everything that waits for a person: actions and extensions. */
export function useWaitingCount(): number {
  const approvals = useApprovalsStore((state) => [...state.cards.values()].filter((card) => card.state === 'PENDING').length);
  return approvals + useExtensionsStore(waitingForConsent);
}
