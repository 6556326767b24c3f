package org.jarvis.testkit.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.SafetyPolicy;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.ToolDefinition;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SafetyPolicy} has to do: judge whatever is asked, from memory, from any thread,
 * the same way each time, and by nothing that a model or a client claims.
 *
 * <p>A policy that looks at a clock is tried with one that stands still.
 */
public abstract class SafetyPolicyContract {
  /** Far more than thousands of answers from memory take on the busiest machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int THREADS = 8;
  private static final int LONGEST_NAME = 40;
  private static final int LONGEST_REASON = 1_000;
  private static final long SEED = 20_260_501L;

  /** The policy under test, in a state of the implementation's choice. */
  protected abstract SafetyPolicy policy();

  @Test
  void hasAShortStableName() {
    SafetyPolicy policy = policy();
    String name = policy.name();

    assertThat(name).hasSizeLessThanOrEqualTo(LONGEST_NAME).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    decisions(policy, SampleRequests.all());
    assertThat(policy.name()).isEqualTo(name);
    assertThat(policy().name()).isEqualTo(name);
  }

  @Test
  void judgesWhateverIsAsked() {
    SafetyPolicy policy = policy();
    for (PolicyRequest request : SampleRequests.all()) {
      Decision decision = policy.decide(request);

      assertThat(decision).as("%s", request).isNotNull();
      assertThat(decision.reason())
          .isNotBlank()
          .hasSizeLessThanOrEqualTo(LONGEST_REASON)
          .matches(reason -> reason.chars().noneMatch(Character::isISOControl), "one line");
    }
  }

  @Test
  void judgesTheSameTheSameInWhateverOrder() {
    SafetyPolicy policy = policy();
    List<PolicyRequest> requests = SampleRequests.all();
    List<PolicyRequest> shuffled = new ArrayList<>(requests);
    Collections.shuffle(shuffled, new Random(SEED));
    List<Decision> first = decisions(policy, requests);
    decisions(policy, shuffled);

    assertThat(decisions(policy, requests)).isEqualTo(first);
    assertThat(decisions(policy(), requests)).isEqualTo(first);
  }

  @Test
  void isMovedByNoClaimInTheArguments() {
    SafetyPolicy policy = policy();
    for (PolicyRequest request : SampleRequests.all()) {
      Decision plain = policy.decide(request);
      for (Arguments claim : SampleRequests.CLAIMS) {
        assertThat(policy.decide(SampleRequests.with(request, claim)))
            .as("%s", claim)
            .isEqualTo(plain);
      }
    }
  }

  @Test
  void answersSeveralThreadsFromMemory() {
    SafetyPolicy policy = policy();
    List<PolicyRequest> requests = SampleRequests.all();
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          List<Decision> alone = decisions(policy, requests);
          ExecutorService askers = Executors.newFixedThreadPool(THREADS);
          try {
            Callable<List<Decision>> asking = () -> decisions(policy, requests);
            for (Future<List<Decision>> answers :
                askers.invokeAll(Collections.nCopies(THREADS, asking))) {
              assertThat(answers.get()).isEqualTo(alone);
            }
          } finally {
            askers.shutdownNow();
          }
        });
  }

  @Test
  void deniesWhatItBans() {
    SafetyPolicy policy = policy();
    for (Effect effect : Effect.values()) {
      Optional<String> ban = policy.ban(definition(effect));
      assertThat(policy.ban(definition(effect))).isEqualTo(ban);
      if (ban.isPresent()) {
        assertThat(ban.get()).isNotBlank();
        assertThat(
                SampleRequests.all().stream()
                    .filter(request -> request.use().effect() == effect)
                    .map(policy::decide))
            .allSatisfy(decision -> assertThat(decision).isInstanceOf(Decision.Deny.class));
      }
    }
  }

  private static ToolDefinition definition(Effect effect) {
    return new ToolDefinition(
        "some_tool",
        "Do it",
        "Does something to a guest.",
        "{\"type\": \"object\", \"additionalProperties\": false}",
        ResourceKind.GUEST,
        effect,
        false,
        Duration.ofSeconds(10),
        null);
  }

  private static List<Decision> decisions(SafetyPolicy policy, List<PolicyRequest> requests) {
    return requests.stream().map(policy::decide).toList();
  }
}
