package org.jarvis.api.action;

import java.time.Instant;
import org.jarvis.api.safety.Consent;
import org.jspecify.annotations.Nullable;

/**
 * A person's one-time consent to exactly one action: bound to the action, the hash of its tool and
 * arguments, the requesting principal (all held by the {@link Action}) and the fingerprint of its
 * targets.
 *
 * @param id its id
 * @param state where it stands
 * @param consent the gesture that it needs
 * @param fingerprint SHA-256, in hex, over the fingerprints of all targets when it was asked for
 * @param expiresAt when it ends if nobody decides; once granted, when it ends if it is not used
 * @param decidedBy who decided
 * @param decidedAt when
 */
public record Approval(
    String id,
    State state,
    Consent consent,
    String fingerprint,
    Instant expiresAt,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt) {

  /** Where an approval stands. */
  public enum State {
    /** A person is asked. */
    PENDING,
    /** Granted, not yet used. */
    APPROVED,
    /** A person said no. */
    REJECTED,
    /** Not decided or not used in time. */
    EXPIRED,
    /** The target changed. */
    LAPSED,
    /** Used: the action went on to run. */
    CONSUMED
  }

  /** This approval in another state, otherwise the same. */
  public Approval in(State next) {
    return new Approval(id, next, consent, fingerprint, expiresAt, decidedBy, decidedAt);
  }
}
