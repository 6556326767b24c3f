package org.jarvis.api.resource.detail;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.resource.NodeName;
import org.jspecify.annotations.Nullable;

/**
 * How the connector stands with the members of a cluster, and what it asks of them.
 *
 * @param members all members that are known, whether configured or discovered
 * @param traffic what was asked in the last minute
 */
public record ConnectionDetail(List<Member> members, Traffic traffic) implements Detail {

  /**
   * One member, as an address that answers the API.
   *
   * @param address where it answers, such as {@code https://192.168.1.10:8006}
   * @param node which node it is, {@code null} while unknown
   * @param configured whether the configuration names it; otherwise it was discovered
   * @param state how it answers
   * @param lastAnswer when it last answered
   * @param nextAttempt when it is asked again, where it rests after failures
   * @param reason why it does not answer, with the cure
   * @param clockOffset how far its clock is ahead of Jarvis's, negative where it is behind, in
   *     whole seconds, good to about one; {@code null} while it has not told the time
   * @param pinned whether it has to show a certificate that is pinned, by the configuration or a
   *     person's consent, so that it is refused with any other
   */
  public record Member(
      String address,
      @Nullable NodeName node,
      boolean configured,
      State state,
      @Nullable Instant lastAnswer,
      @Nullable Instant nextAttempt,
      @Nullable String reason,
      @Nullable Duration clockOffset,
      boolean pinned) {

    /** A member of which is not told whether its certificate is pinned. */
    public Member(
        String address,
        @Nullable NodeName node,
        boolean configured,
        State state,
        @Nullable Instant lastAnswer,
        @Nullable Instant nextAttempt,
        @Nullable String reason,
        @Nullable Duration clockOffset) {
      this(address, node, configured, state, lastAnswer, nextAttempt, reason, clockOffset, false);
    }

    /** A member that has not told the time. */
    public Member(
        String address,
        @Nullable NodeName node,
        boolean configured,
        State state,
        @Nullable Instant lastAnswer,
        @Nullable Instant nextAttempt,
        @Nullable String reason) {
      this(address, node, configured, state, lastAnswer, nextAttempt, reason, null);
    }

    /** How a member answers. */
    public enum State {
      /** It was not asked yet. */
      UNTRIED,
      /** It answers. */
      ANSWERING,
      /** Its last answer failed. */
      FAILING,
      /** It failed several times and is left alone for a while. */
      RESTING
    }
  }

  /**
   * What was asked of the cluster in the last minute.
   *
   * @param hot requests of the hot lane: resources, status, tasks
   * @param slow requests of the slow lane, which rotates over details
   * @param demanded requests that somebody or something waited for, writes included
   * @param failed how many of all these failed
   * @param usualTime the median time to a whole answer
   * @param bytes size of the answers
   * @param total requests since the connector began
   */
  public record Traffic(
      int hot,
      int slow,
      int demanded,
      int failed,
      @Nullable Duration usualTime,
      long bytes,
      long total) {}

  /** Keeps the collections from changing. */
  public ConnectionDetail {
    members = List.copyOf(members);
  }

  @Override
  public Aspect aspect() {
    return Aspect.CONNECTION;
  }
}
