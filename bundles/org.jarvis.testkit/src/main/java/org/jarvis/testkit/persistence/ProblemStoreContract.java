package org.jarvis.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.persistence.ProblemStore;
import org.jarvis.api.persistence.ProblemStore.StoredProblem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link ProblemStore} must do. */
public abstract class ProblemStoreContract extends PersistenceContract {
  private static StoredProblem problem(String id, Instant since, @Nullable Instant resolvedAt) {
    return new StoredProblem(id, "node-offline", "pve:home:node:pve1", since, resolvedAt, "{}");
  }

  @Test
  void keepsWhatIsOpenOldestFirst() {
    StoredProblem late = problem("a", NOON.plusNanos(1), null);
    StoredProblem early = problem("b", NOON, null);
    StoredProblem own = new StoredProblem("c", "disk-low", null, NOON.plusSeconds(9), null, "{}");

    stores.problems().put(List.of(late, early, own, problem("d", NOON, NOON)));
    stores.restart();

    assertThat(stores.problems().open()).containsExactly(early, late, own);
    assertThat(stores.problems().find("c")).contains(own);
    assertThat(stores.problems().find("e")).isEmpty();
  }

  @Test
  void replacesTheOneOfItsId() {
    stores.problems().put(List.of(problem("a", NOON, null)));
    StoredProblem ended = problem("a", NOON, NOON.plusSeconds(5));

    stores.problems().put(List.of(ended));
    stores.problems().put(List.of());
    stores.restart();

    assertThat(stores.problems().open()).isEmpty();
    assertThat(stores.problems().find("a")).contains(ended);
  }

  @Test
  void listsWhatEndedNewestFirst() {
    for (int i = 0; i < 5; i++) {
      stores.problems().put(List.of(problem("p" + i, NOON, NOON.plusSeconds(i))));
    }

    assertThat(stores.problems().resolved(3))
        .extracting(StoredProblem::id)
        .containsExactly("p4", "p3", "p2");
    assertThat(stores.problems().resolved(0)).isEmpty();
  }

  @Test
  void keepsWhatIsOpenHoweverOld() {
    Instant longAgo = NOON.minus(Duration.ofDays(400));
    stores
        .problems()
        .put(
            List.of(
                problem("open", longAgo, null),
                problem("old", longAgo, longAgo),
                problem("young", longAgo, NOON.minus(Duration.ofDays(1)))));

    stores.tend(NOON);

    assertThat(stores.problems().open()).extracting(StoredProblem::id).containsExactly("open");
    assertThat(stores.problems().find("young")).isPresent();
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void keepsHostileTextAsItIs(String text) {
    StoredProblem problem = new StoredProblem(text, text, text, NOON, null, text);
    stores.problems().put(List.of(problem));
    stores.restart();

    assertThat(stores.problems().find(text)).contains(problem);
    assertThat(stores.problems().open()).containsExactly(problem);
  }
}
