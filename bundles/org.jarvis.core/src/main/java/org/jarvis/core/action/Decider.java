package org.jarvis.core.action;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jarvis.api.action.Action;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.ToolDefinition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every policy and lets the strictest win. It fails closed: a policy that throws, answers
 * nothing or takes too long denies; without the required policies, and in safe mode, nothing but
 * observing is allowed.
 */
final class Decider {
  private static final Logger LOG = LoggerFactory.getLogger(Decider.class);
  private static final Duration PATIENCE = Duration.ofMillis(1_500);
  private static final int MAX_HANGING = 4;
  private static final String GATE = "gate";

  private final Restraint restraint;
  private final PolicyRegistry policies;
  private final ExecutorService executor;

  Decider(Restraint restraint, PolicyRegistry policies, ExecutorService executor) {
    this.restraint = restraint;
    this.policies = policies;
    this.executor = executor;
  }

  /** Why nobody may ever use this tool; asked of the standard policies alone. */
  Optional<String> ban(ToolDefinition tool) {
    return policies.all().stream()
        .filter(PolicyRegistry.Registered::standard)
        .flatMap(registered -> registered.policy().ban(tool).stream())
        .findFirst();
  }

  Ruling decide(PolicyRequest request) {
    boolean observes = request.use().effect() == Effect.OBSERVES;
    List<Said> said = new ArrayList<>();
    Optional<String> objection =
        observes ? Optional.empty() : restraint.objection(request.principal(), request.origin());
    if (objection.isPresent()) {
      // No policy is asked: none could allow it, and one of them may be the reason.
      said.add(new Said(GATE, new Decision.Deny(objection.get())));
      return ruling(request, said);
    }
    List<Asked> asked = policies.all().stream().map(policy -> ask(policy, request)).toList();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (Asked one : asked) {
      said.add(new Said(one.policy().label(), answer(one, deadline, observes)));
    }
    // Whoever took a policy away in the middle took its answer away as well.
    asked.stream()
        .map(Asked::policy)
        .filter(policy -> !policies.holds(policy))
        .forEach(left -> said.add(new Said(left.label(), left(left, observes))));
    // Asked after the answers, so that a policy that left in the middle is missed as well.
    Set<String> missing = policies.missing();
    if (!missing.isEmpty() && !observes) {
      said.add(
          new Said(
              GATE,
              new Decision.Deny(
                  "Nothing but observing is allowed while safety policies are missing: "
                      + String.join(", ", missing)
                      + ". Start the bundle org.jarvis.safety.")));
    }
    Decision floor = floor(request);
    if (request.use().reason() != null) {
      // First among those that are as strict: it is what these arguments are judged by.
      said.add(0, new Said(GATE, floor));
    }
    if (said.stream().allMatch(one -> one.decision().severity() < floor.severity())) {
      said.add(new Said(GATE, floor));
    }
    return ruling(request, said);
  }

  /** What the gate itself demands, whatever the policies say. */
  private static Decision floor(PolicyRequest request) {
    String reason = request.use().reason();
    return switch (request.use().tier()) {
      case GREEN ->
          runsByItself(request)
              ? new Decision.Allow(reason == null ? "It only observes." : reason)
              : new Decision.RequireApproval(
                  reason == null
                      ? "It tells somebody else something: a person has to approve."
                      : reason,
                  consent(request));
      case YELLOW ->
          new Decision.AllowAndRecord(reason == null ? "It is small and reversible." : reason);
      case RED ->
          new Decision.RequireApproval(
              reason == null ? "It disrupts: a person has to approve." : reason, consent(request));
      case BLACK -> new Decision.Deny(reason == null ? "It is never done." : reason);
    };
  }

  /** Of what observes; where it tells others something, a model's or program's wish is not it. */
  private static boolean runsByItself(PolicyRequest request) {
    return request.use().consent() == Consent.NONE
        || (request.origin().direct()
            && switch (request.principal().kind()) {
              case PERSON, TOKEN, CONSOLE -> true;
              case MCP, RUNBOOK -> false;
            });
  }

  private static Consent consent(PolicyRequest request) {
    Consent declared = request.use().consent();
    return declared.compareTo(Consent.HOLD) < 0 ? Consent.HOLD : declared;
  }

  private Asked ask(PolicyRegistry.Registered policy, PolicyRequest request) {
    policy.hanging().removeIf(Future::isDone);
    if (policy.hanging().size() >= MAX_HANGING) {
      return new Asked(policy, null);
    }
    return new Asked(policy, executor.submit(() -> policy.policy().decide(request)));
  }

  private Decision answer(Asked asked, long deadline, boolean observes) {
    String name = asked.policy().label();
    Future<Decision> future = asked.answer();
    if (future == null) {
      return silent(name + " still has not answered earlier requests", observes);
    }
    try {
      Decision decision =
          future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return decision == null ? silent(name + " gave no answer", observes) : decision;
    } catch (TimeoutException late) {
      future.cancel(true);
      asked.policy().hanging().add(future);
      return silent(name + " did not answer in time", observes);
    } catch (ExecutionException failed) {
      LOG.warn("The safety policy {} failed", name, failed.getCause());
      return silent(name + " failed", observes);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return silent("the decision was interrupted", observes);
    }
  }

  private static Decision left(PolicyRegistry.Registered policy, boolean observes) {
    return silent(policy.label() + " left while it was asked", observes);
  }

  private static Decision silent(String what, boolean observes) {
    return observes
        ? new Decision.Allow("Observing goes on although the policy " + what + ".")
        : new Decision.Deny("The policy " + what + ", so the answer is no.");
  }

  private static Ruling ruling(PolicyRequest request, List<Said> said) {
    said.sort(Comparator.comparingInt((Said one) -> one.decision().severity()).reversed());
    Decision strictest = said.get(0).decision();
    Consent consent =
        said.stream()
            .map(Said::decision)
            .filter(Decision.RequireApproval.class::isInstance)
            .map(decision -> ((Decision.RequireApproval) decision).consent())
            .reduce(
                request.use().consent(), (one, other) -> one.compareTo(other) >= 0 ? one : other);
    return new Ruling(
        strictest,
        strictest instanceof Decision.Deny ? Tier.BLACK : request.use().tier(),
        consent,
        said.stream()
            .map(
                one ->
                    new Action.Verdict(
                        one.policy(), one.decision().verdict(), one.decision().reason()))
            .toList());
  }

  private record Said(String policy, Decision decision) {}

  private record Asked(PolicyRegistry.Registered policy, @Nullable Future<Decision> answer) {}
}
