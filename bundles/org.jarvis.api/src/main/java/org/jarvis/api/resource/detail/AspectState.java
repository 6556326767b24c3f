package org.jarvis.api.resource.detail;

import java.time.Instant;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Observation;
import org.jspecify.annotations.Nullable;

/**
 * How much is known of one aspect of a resource: what was read last, and what the attempt after it
 * failed with. A failure does not take away what was read; that grows old.
 *
 * <p>What was read may be less than there is: a part of it could not be read, or the cluster leaves
 * out without a word what the account may not see. Then the state says so, so that nobody takes
 * what is not shown for what is not there.
 *
 * @param aspect the aspect
 * @param detail what was read last, {@code null} when it never could be
 * @param observation source and age of that, {@code null} together with it
 * @param incomplete why what was read is not all there is, for people: what is left out, which
 *     privilege is missing, and the cure as far as it is known; {@code null} where nothing is known
 *     to be left out
 * @param failure why the last attempt failed, {@code null} when it did not
 */
public record AspectState(
    Aspect aspect,
    @Nullable Detail detail,
    @Nullable Observation observation,
    @Nullable String incomplete,
    @Nullable Failure failure) {

  /**
   * Why an attempt to read failed.
   *
   * @param code what kind of failure; {@code PRIVILEGE_MISSING} where the account may not read it,
   *     {@code NOT_PRESENT} where the resource has nothing of the kind
   * @param reason for people: what is missing, where, and the cure
   * @param at when it was tried
   */
  public record Failure(ErrorCode code, String reason, Instant at) {}

  /**
   * Refuses a detail of another aspect, one without its age, what is left out of nothing, and a
   * state that says nothing.
   */
  public AspectState {
    if (detail != null && detail.aspect() != aspect) {
      throw new IllegalArgumentException(detail.aspect() + " is no detail of " + aspect + ".");
    }
    if ((detail == null) != (observation == null)) {
      throw new IllegalArgumentException("What was read has a source and an age.");
    }
    if (detail == null && incomplete != null) {
      throw new IllegalArgumentException("Only of what was read something can be left out.");
    }
    if (detail == null && failure == null) {
      throw new IllegalArgumentException("Either something was read, or the attempt failed.");
    }
  }

  /** An aspect that was read. */
  public static AspectState read(Detail detail, Observation observation) {
    return new AspectState(detail.aspect(), detail, observation, null, null);
  }

  /**
   * An aspect that was read, but for a part of it.
   *
   * @param incomplete what is left out, why, and the cure; {@code null} for nothing
   */
  public static AspectState readPartly(
      Detail detail, Observation observation, @Nullable String incomplete) {
    return new AspectState(detail.aspect(), detail, observation, incomplete, null);
  }

  /** An aspect that could not be read. */
  public static AspectState failed(Aspect aspect, ErrorCode code, String reason, Instant at) {
    return new AspectState(aspect, null, null, null, new Failure(code, reason, at));
  }

  /** This state as news about the former one: a failure keeps what was read before. */
  public AspectState after(@Nullable AspectState former) {
    return detail != null || former == null
        ? this
        : new AspectState(aspect, former.detail, former.observation, former.incomplete, failure);
  }
}
