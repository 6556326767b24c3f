package org.jarvis.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jarvis.api.persistence.AttemptStore;
import org.jarvis.api.persistence.AttemptStore.StoredAttempts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link AttemptStore} must do. */
public abstract class AttemptStoreContract extends PersistenceContract {
  private static final StoredAttempts EARLY = new StoredAttempts("account:ada", 3, NOON);
  private static final StoredAttempts LATE =
      new StoredAttempts("address:192.0.2.7", 1, NOON.plusSeconds(1));

  @Test
  void keepsAttemptsAcrossARestartTheLatestFirst() {
    stores.attempts().put(List.of(EARLY, LATE));
    stores.restart();

    assertThat(stores.attempts().latest(10)).containsExactly(LATE, EARLY);
    assertThat(stores.attempts().latest(1)).containsExactly(LATE);
    assertThat(stores.attempts().latest(0)).isEmpty();
    assertThat(stores.attempts().latest(-1)).isEmpty();
  }

  @Test
  void replacesWhatWasKeptUnderAKey() {
    stores.attempts().put(List.of(EARLY, LATE));
    StoredAttempts more = new StoredAttempts(EARLY.key(), 4, NOON.plusSeconds(2));

    stores.attempts().put(List.of(more));
    stores.attempts().put(List.of());

    assertThat(stores.attempts().latest(10)).containsExactly(more, LATE);
  }

  @Test
  void forgetsKeys() {
    stores.attempts().put(List.of(EARLY, LATE));

    stores.attempts().remove(List.of(EARLY.key(), "unknown"));
    stores.attempts().remove(List.of());
    stores.restart();

    assertThat(stores.attempts().latest(10)).containsExactly(LATE);
  }

  @Test
  void forgetsWhatIsOlderThanAMoment() {
    stores.attempts().put(List.of(EARLY, LATE));

    assertThat(stores.attempts().removeBefore(NOON)).isZero();
    assertThat(stores.attempts().removeBefore(NOON.plusNanos(1))).isEqualTo(1);

    assertThat(stores.attempts().latest(10)).containsExactly(LATE);
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void keepsHostileTextAsItIs(String text) {
    StoredAttempts attempts = new StoredAttempts(text, 1, NOON);
    stores.attempts().put(List.of(attempts));
    stores.restart();

    assertThat(stores.attempts().latest(10)).containsExactly(attempts);
    stores.attempts().remove(List.of(text));
    assertThat(stores.attempts().latest(10)).isEmpty();
  }
}
