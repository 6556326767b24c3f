import { words } from '../../copy/words';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import type { KnownProblem, Remedy } from '../../transport/problemWire';
import { remedyRequest } from '../actions/consentFlow';
import { runAtOnce } from '../actions/start';
import { isOneClick } from './remedies';

interface FixButtonProps {
  problem: KnownProblem;
  remedy: Remedy;
  primary?: boolean;
  /** Whether its plan is open. */
  opened: boolean;
  mending: boolean;
  deaf: boolean;
  onOpen: (remedy: string) => void;
}

/** What is reversible runs by one click, as anywhere; everything else is looked at before. */
export function FixButton({ problem, remedy, primary = false, opened, mending, deaf, onOpen }: FixButtonProps) {
  const live = useConnectionStore(isLive);
  const oneClick = isOneClick(remedy);
  const off = !live || mending;
  const reason = !live ? words.link.refusal : mending ? words.problems.mending : remedy.explanation;
  const label = oneClick ? words.problems.fixAt(remedy.title) : primary ? words.problems.fix : `${remedy.title}…`;
  return (
    <button
      type="button"
      className={primary ? 'fix' : undefined}
      data-fix={oneClick ? 'click' : 'plan'}
      aria-expanded={oneClick ? undefined : opened}
      aria-label={primary && !oneClick ? words.problems.fixOf(remedy.title) : undefined}
      aria-disabled={off}
      title={reason}
      onClick={() => {
        if (off || deaf) return;
        if (oneClick) void runAtOnce(remedyRequest(problem.id, remedy.id, false), remedy.title);
        else onOpen(remedy.id);
      }}
    >
      <bdi>{label}</bdi>
    </button>
  );
}
