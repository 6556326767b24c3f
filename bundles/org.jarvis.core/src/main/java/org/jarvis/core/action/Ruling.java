package org.jarvis.core.action;

import java.util.List;
import org.jarvis.api.action.Action;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.Tier;

/**
 * What all policies together say.
 *
 * @param strictest the decision that counts
 * @param tier the tier that it amounts to
 * @param consent the gesture that is needed
 * @param verdicts what each policy said, the strictest first
 */
record Ruling(Decision strictest, Tier tier, Consent consent, List<Action.Verdict> verdicts) {
  /** Keeps the list from changing. */
  Ruling {
    verdicts = List.copyOf(verdicts);
  }

  boolean denied() {
    return strictest instanceof Decision.Deny;
  }

  boolean needsPerson() {
    return strictest instanceof Decision.RequireApproval;
  }
}
