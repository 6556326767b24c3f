package org.jarvis.core.action;

import java.util.Optional;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.tool.Obstacle;

/** What a person agrees to, decided afresh: one action, or a plan. */
interface Agreement {
  /** Why it may not be done, whoever agrees. */
  Optional<String> denial();

  /** Why it makes no sense on the targets as they are. */
  Optional<Obstacle> obstacle();

  /** All that must not have changed since the person was asked. */
  String fingerprint();

  /** The gesture that it needs. */
  Consent consent();

  /** Runs it: its intent is recorded and its targets are claimed. Returns at once. */
  void begin(ActionLedger.Entry intent);

  /** Asks for it anew. */
  void askAnew();
}
