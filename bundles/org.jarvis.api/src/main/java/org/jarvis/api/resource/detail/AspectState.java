package org.jarvis.api.resource.detail;

import java.time.Instant;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Observation;
import org.jspecify.annotations.Nullable;

/**
 * How much is known of one aspect of a resource: what was read last, and what the attempt after it
 * failed with. A failure does not take away what was read; that grows old.
 *
 * @param aspect the aspect
 * @param detail what was read last, {@code null} when it never could be
 * @param observation source and age of that, {@code null} together with it
 * @param failure why the last attempt failed, {@code null} when it did not
 */
public record AspectState(
    Aspect aspect,
    @Nullable Detail detail,
    @Nullable Observation observation,
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

  /** Refuses a detail of another aspect, one without its age, and a state that says nothing. */
  public AspectState {
    if (detail != null && detail.aspect() != aspect) {
      throw new IllegalArgumentException(detail.aspect() + " is no detail of " + aspect + ".");
    }
    if ((detail == null) != (observation == null)) {
      throw new IllegalArgumentException("What was read has a source and an age.");
    }
    if (detail == null && failure == null) {
      throw new IllegalArgumentException("Either something was read, or the attempt failed.");
    }
  }

  /** An aspect that was read. */
  public static AspectState read(Detail detail, Observation observation) {
    return new AspectState(detail.aspect(), detail, observation, null);
  }

  /** An aspect that could not be read. */
  public static AspectState failed(Aspect aspect, ErrorCode code, String reason, Instant at) {
    return new AspectState(aspect, null, null, new Failure(code, reason, at));
  }

  /** This state as news about the former one: a failure keeps what was read before. */
  public AspectState after(@Nullable AspectState former) {
    return detail != null || former == null
        ? this
        : new AspectState(aspect, former.detail, former.observation, failure);
  }
}
