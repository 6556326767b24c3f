package org.jarvis.core.action;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.Approval;
import org.jarvis.api.action.ApprovalAnswer;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.safety.Consent;
import org.jarvis.core.action.ActionLedger.Entry;

/**
 * People's answers to requests for approval: bound to what was shown, decided afresh, used once.
 *
 * <p>Of many simultaneous answers the one counts that is recorded first; what the others get is
 * what that one made of the approval.
 */
final class Approvals {
  private final Clock clock;
  private final Preparation preparation;
  private final ActionLedger ledger;
  private final TargetClaims claims;
  private final Function<Action, Agreement> agreements;

  /**
   * Answers over this ledger.
   *
   * @param agreements decides afresh on what was asked for
   */
  Approvals(
      Clock clock,
      Preparation preparation,
      ActionLedger ledger,
      TargetClaims claims,
      Function<Action, Agreement> agreements) {
    this.clock = clock;
    this.preparation = preparation;
    this.ledger = ledger;
    this.claims = claims;
    this.agreements = agreements;
  }

  /** See {@link org.jarvis.api.action.ActionGate#answer}. */
  Action answer(String approvalId, ApprovalAnswer answer, Principal answering) {
    if (!answering.isPerson()) {
      throw new JarvisException(
          ErrorCode.PERSON_REQUIRED,
          "Only a person signed in with a browser can answer this. No token can.");
    }
    Entry entry =
        ledger
            .entryOfApproval(approvalId)
            .orElseThrow(
                () -> new JarvisException(ErrorCode.NOT_FOUND, "There is no such approval."));
    Approval approval = open(entry);
    if (!answer.approve()) {
      return reject(entry, approval, answering);
    }
    checkGesture(entry.action(), approval, answer);
    return approve(entry, approval, answering);
  }

  /** The approval of this action, if it can still be answered. */
  private Approval open(Entry entry) {
    Approval approval = entry.action().approval();
    if (approval == null) {
      throw new JarvisException(ErrorCode.NOT_FOUND, "There is no such approval.");
    }
    if (approval.state() == Approval.State.PENDING
        && !approval.expiresAt().isAfter(clock.instant())) {
      expire(entry);
      throw closed(Approval.State.EXPIRED);
    }
    if (approval.state() != Approval.State.PENDING) {
      throw closed(approval.state());
    }
    return approval;
  }

  private static JarvisException closed(Approval.State state) {
    return switch (state) {
      case CONSUMED, APPROVED ->
          new JarvisException(ErrorCode.APPROVAL_USED, "This approval was used; it works once.");
      case REJECTED ->
          new JarvisException(ErrorCode.APPROVAL_DECIDED, "This request was rejected before.");
      case EXPIRED ->
          new JarvisException(
              ErrorCode.APPROVAL_EXPIRED, "This request was not answered in time. Ask again.");
      case LAPSED ->
          new JarvisException(
              ErrorCode.APPROVAL_LAPSED,
              "The target changed after this was asked for, so it lapsed. Look at the new request.");
      case PENDING -> new JarvisException(ErrorCode.CONFLICT, "This request is being answered.");
    };
  }

  private static void checkGesture(Action action, Approval approval, ApprovalAnswer answer) {
    if (answer.fingerprint() != null && !answer.fingerprint().equals(approval.fingerprint())) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          "What you were shown has changed since. Look at the request again before you answer.");
    }
    if (approval.consent() == Consent.TYPED) {
      boolean typedRight =
          !action.targets().isEmpty() && action.targets().get(0).name().equals(answer.typed());
      if (!typedRight) {
        throw new JarvisException(
            ErrorCode.TYPED_NAME_WRONG, "Type the target's name exactly as it is shown.");
      }
    }
  }

  private Action reject(Entry entry, Approval approval, Principal answering) {
    Action rejected =
        ActionSteps.ended(
            ActionSteps.withApproval(
                entry.action(), decided(approval, Approval.State.REJECTED, answering)),
            ActionState.REJECTED,
            ErrorCode.REFUSED,
            answering.name() + " rejected it.",
            clock.instant());
    return stepOrTell(entry, rejected, Event.ActionChanged.Step.DECIDED, Actor.of(answering))
        .action();
  }

  /**
   * Everything is decided afresh; only what is exactly as it was shown uses the approval up. The
   * targets are held meanwhile, so that no other action changes them between decision and act.
   */
  private Action approve(Entry entry, Approval approval, Principal answering) {
    Action asked = entry.action();
    Optional<Action> inTheWay = claims.claim(asked);
    if (inTheWay.isPresent()) {
      throw inTheWay.get().id().equals(asked.id())
          ? answeredBefore(asked)
          : new JarvisException(ErrorCode.TARGET_BUSY, TargetClaims.busyWords(inTheWay.get()));
    }
    boolean handedOver = false;
    Agreement agreement;
    try {
      agreement = prepareAgain(entry);
      if (agreement.denial().isPresent()) {
        String reason = agreement.denial().get();
        if (!preparation.seesTargetsOf(asked)) {
          // After a restart, or while the cluster is away, what is known of it is only remembered.
          throw new JarvisException(
              ErrorCode.UNREACHABLE,
              reason + " The request goes on waiting; answer it again in a moment.");
        }
        return lapse(entry, ActionState.REFUSED, ErrorCode.REFUSED, reason);
      }
      if (agreement.obstacle().isPresent()) {
        var obstacle = agreement.obstacle().get();
        return lapse(entry, ActionState.FAILED, obstacle.code(), obstacle.reason());
      }
      if (isAsShown(agreement, approval)) {
        Action intent =
            ActionSteps.running(
                asked, decided(approval, Approval.State.CONSUMED, answering), clock.instant());
        Entry begun =
            stepOrTell(entry, intent, Event.ActionChanged.Step.DECIDED, Actor.of(answering));
        handedOver = true;
        agreement.begin(begun);
        return begun.action();
      }
      lapse(
          entry,
          ActionState.EXPIRED,
          ErrorCode.APPROVAL_LAPSED,
          "The target changed after this was asked for, so it is asked for anew.");
    } finally {
      if (!handedOver) {
        claims.release(asked);
      }
    }
    agreement.askAnew();
    throw closed(Approval.State.LAPSED);
  }

  private static boolean isAsShown(Agreement agreement, Approval approval) {
    return agreement.fingerprint().equals(approval.fingerprint())
        && agreement.consent().compareTo(approval.consent()) <= 0;
  }

  private Agreement prepareAgain(Entry entry) {
    try {
      return agreements.apply(entry.action());
    } catch (JarvisException failure) {
      boolean forGood =
          switch (failure.code()) {
            case VANISHED, INVALID_ARGUMENTS, AMBIGUOUS_TARGET -> true;
            // After a restart, or without its connector, a cluster is just not seen yet.
            case NOT_FOUND -> preparation.seesTargetsOf(entry.action());
            // It may work in a moment, when the tool or the cluster is back.
            default -> false;
          };
      if (forGood) {
        lapse(entry, ActionState.FAILED, failure.code(), failure.getMessage());
      }
      throw failure;
    }
  }

  private Action lapse(Entry entry, ActionState state, ErrorCode code, String message) {
    Action lapsed =
        ActionSteps.ended(
            ActionSteps.withApprovalIn(Approval.State.LAPSED, entry.action()),
            state,
            code,
            message,
            clock.instant());
    return stepOrTell(entry, lapsed, Event.ActionChanged.Step.DECIDED, Actor.JARVIS).action();
  }

  /** Records a step; when somebody else's answer came first, says what it was. */
  Entry stepOrTell(Entry before, Action next, Event.ActionChanged.Step step, Actor actor) {
    return ledger.step(before, next, step, actor).orElseThrow(() -> answeredBefore(next));
  }

  private JarvisException answeredBefore(Action action) {
    return ledger
        .entry(action.id())
        .map(now -> now.action().approval())
        .map(now -> closed(now.state()))
        .orElseGet(() -> closed(Approval.State.PENDING));
  }

  /** Ends the requests that nobody answered in time. Called by a timer. */
  void expireOverdue() {
    Instant now = clock.instant();
    for (Entry entry : ledger.inState(ActionState.AWAITING_APPROVAL)) {
      Approval approval = entry.action().approval();
      if (approval == null || !approval.expiresAt().isAfter(now)) {
        expire(entry);
      }
    }
  }

  private void expire(Entry entry) {
    Action expired =
        ActionSteps.ended(
            ActionSteps.withApprovalIn(Approval.State.EXPIRED, entry.action()),
            ActionState.EXPIRED,
            ErrorCode.APPROVAL_EXPIRED,
            "Nobody answered in time. Ask again if it is still wanted.",
            clock.instant());
    // Another answer may have come first; then that one counts.
    ledger.step(entry, expired, Event.ActionChanged.Step.ENDED, Actor.JARVIS);
  }

  private Approval decided(Approval approval, Approval.State state, Principal answering) {
    return new Approval(
        approval.id(),
        state,
        approval.consent(),
        approval.fingerprint(),
        approval.expiresAt(),
        answering.name(),
        clock.instant());
  }
}
