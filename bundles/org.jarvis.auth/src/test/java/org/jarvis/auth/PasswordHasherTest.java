package org.jarvis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jarvis.api.auth.Secret;
import org.jarvis.auth.PasswordHasher.Turn;
import org.junit.jupiter.api.Test;

class PasswordHasherTest {
  private final PasswordHasher hasher = new PasswordHasher(new RandomSecrets());

  @Test
  void keepsPasswordsAsArgon2idWithNineteenMebibytes() {
    assertThat(hasher.hash(Secret.of("correct horse battery"), Turn.STRANGER))
        .startsWith("$argon2id$v=19$m=19456,t=2,p=1$")
        .doesNotContain("correct");
  }

  @Test
  void knowsThePasswordAgainAndNoOther() {
    String hash = hasher.hash(Secret.of("correct horse battery"), Turn.STRANGER);
    assertThat(hasher.matches(Secret.of("correct horse battery"), hash, Turn.STRANGER)).isTrue();
    assertThat(hasher.matches(Secret.of("correct horse batterz"), hash, Turn.STRANGER)).isFalse();
  }

  @Test
  void agreesWithAnotherImplementationsHash() {
    // RFC 9106's reference implementation: echo -n password | argon2 somesalt -id -t 2 -k 256 -p 1
    // -l 32 (from its own test file).
    String known =
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
    assertThat(hasher.matches(Secret.of("password"), known, Turn.STRANGER)).isTrue();
    assertThat(hasher.matches(Secret.of("Password"), known, Turn.STRANGER)).isFalse();
  }

  @Test
  void saltsEveryHashAfresh() {
    assertThat(hasher.hash(Secret.of("correct horse battery"), Turn.STRANGER))
        .isNotEqualTo(hasher.hash(Secret.of("correct horse battery"), Turn.STRANGER));
  }

  @Test
  void refusesStoredHashesThatWouldExhaustTheMemory() {
    assertThatThrownBy(
            () ->
                hasher.matches(
                    Secret.of("x"),
                    "$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHRzb21l$"
                        + "nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                    Turn.STRANGER))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> hasher.matches(Secret.of("x"), "$2b$10$abcdef", Turn.STRANGER))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void answersManyAtOnceOneAfterTheOther() throws Exception {
    String hash = hasher.hash(Secret.of("correct horse battery"), Turn.STRANGER);
    ExecutorService crowd = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> checks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        checks.add(() -> hasher.matches(Secret.of("correct horse battery"), hash, Turn.STRANGER));
      }
      for (Future<Boolean> check : crowd.invokeAll(checks)) {
        assertThat(check.get()).isTrue();
      }
    } finally {
      crowd.shutdownNow();
    }
  }
}
