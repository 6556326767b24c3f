package org.jarvis.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jarvis.api.auth.Secret;
import org.junit.jupiter.api.Test;

class ProvenCredentialsTest {
  private static final Presented TOKEN = new Presented(true, Secret.of("a"));
  private static final Presented COOKIE = new Presented(false, Secret.of("a"));

  private long nanos = -5;
  private final ProvenCredentials proven = new ProvenCredentials(() -> nanos);

  @Test
  void knowsWhatWasFoundGoodAndNothingElse() {
    proven.add(TOKEN, "token-1");

    assertThat(proven.credential(TOKEN)).contains("token-1");
    assertThat(proven.credential(COOKIE)).isEmpty();
    assertThat(proven.credential(new Presented(true, Secret.of("b")))).isEmpty();
  }

  @Test
  void forgetsWhatIsNoGoodAnyMore() {
    proven.add(TOKEN, "token-1");
    proven.remove(TOKEN);

    assertThat(proven.credential(TOKEN)).isEmpty();
  }

  @Test
  void forgetsWhatWasFoundGoodLongAgo() {
    proven.add(TOKEN, "token-1");
    nanos += Duration.ofMinutes(59).toNanos();
    assertThat(proven.credential(TOKEN)).contains("token-1");

    nanos += Duration.ofMinutes(2).toNanos();

    assertThat(proven.credential(TOKEN)).isEmpty();
  }

  @Test
  void remembersOnlySoMany() {
    proven.add(TOKEN, "token-1");
    for (int i = 0; i < 5000; i++) {
      proven.add(new Presented(true, Secret.of("other " + i)), "other");
    }

    assertThat(proven.credential(TOKEN)).isEmpty();
    assertThat(proven.credential(new Presented(true, Secret.of("other 0")))).isPresent();
  }
}
