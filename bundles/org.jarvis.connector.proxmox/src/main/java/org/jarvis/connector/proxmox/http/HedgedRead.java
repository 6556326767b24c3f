package org.jarvis.connector.proxmox.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/**
 * One read that several members can answer. The first is asked; when it fails, or has not begun to
 * answer after a moment, the next is asked too, and the first good answer wins. So a member that is
 * dead, slow or silent delays nobody for longer than that moment.
 */
final class HedgedRead {
  private final ApiPath path;
  private final Lane lane;
  private final List<Member> order;
  private final Executor afterAMoment;
  private final CompletableFuture<Answer> result = new CompletableFuture<>();

  // All guarded by this.
  private final List<Failed> failures = new ArrayList<>();
  private int asked;
  private int underWay;

  private record Failed(Member member, JarvisException failure) {}

  private HedgedRead(ApiPath path, Lane lane, List<Member> order, Executor afterAMoment) {
    this.path = path;
    this.lane = lane;
    this.order = List.copyOf(order);
    this.afterAMoment = afterAMoment;
  }

  /**
   * Reads.
   *
   * @param order the members to ask, at least one
   * @param afterAMoment runs what it is given after the time that a member has to begin to answer
   */
  static CompletableFuture<Answer> of(
      ApiPath path, Lane lane, List<Member> order, Executor afterAMoment) {
    HedgedRead read = new HedgedRead(path, lane, order, afterAMoment);
    read.askNext();
    return read.result;
  }

  private void askNext() {
    Member member;
    synchronized (this) {
      if (asked == order.size() || result.isDone()) {
        return;
      }
      member = order.get(asked);
      asked++;
      underWay++;
    }
    long heard = member.heard();
    Member.Attempt attempt = member.get(path, lane);
    CompletableFuture<Answer> unused =
        attempt.answer().whenComplete((answer, failure) -> settle(member, answer, failure));
    if (order.size() > 1) {
      afterAMoment.execute(
          () -> {
            if (!attempt.begun() && isSlow(member, heard)) {
              askNext();
            }
          });
    }
  }

  /**
   * What nobody waits for may take its time at the node as long as the member is heard of: asking
   * another would only double the work.
   */
  private boolean isSlow(Member member, long heard) {
    return lane != Lane.SLOW || member.heard() == heard;
  }

  // Null where the other is given: that is how the JDK reports it.
  @SuppressWarnings("NullAway")
  private void settle(Member member, Answer answer, Throwable failure) {
    if (failure == null) {
      result.complete(answer);
      return;
    }
    JarvisException typed = Member.typed(failure);
    JarvisException all = null;
    boolean more;
    synchronized (this) {
      underWay--;
      failures.add(new Failed(member, typed));
      more = asked < order.size();
      if (!more && underWay == 0) {
        all = together();
      }
    }
    if (typed.code() == ErrorCode.INTERNAL) {
      result.completeExceptionally(typed);
    } else if (all != null) {
      result.completeExceptionally(all);
    } else if (more) {
      askNext();
    }
  }

  /** What the operator wrote down matters; members that were only discovered, if nobody else. */
  private JarvisException together() {
    List<JarvisException> told =
        failures.stream()
            .filter(failed -> failed.member().configured())
            .map(Failed::failure)
            .toList();
    return ConnectionFailures.together(
        told.isEmpty() ? failures.stream().map(Failed::failure).toList() : told);
  }
}
