package org.jarvis.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HealthRoundTest {
  private final Parts parts = new Parts();

  @Test
  void missingPartsAreSaidToBeMissing() {
    assertThat(HealthRound.of(parts))
        .anySatisfy(
            part -> {
              assertThat(part.name()).isEqualTo("auth");
              assertThat(part.status()).isEqualTo(ComponentHealth.Status.DOWN);
              assertThat(part.detail()).contains("org.jarvis.auth");
            });
  }

  @Test
  @Timeout(20)
  void oneThatHangsOrFailsHarmsOnlyItsOwnLine() {
    CountDownLatch never = new CountDownLatch(1);
    parts
        .contributors()
        .add(
            () -> {
              try {
                never.await();
              } catch (InterruptedException givenUp) {
                Thread.currentThread().interrupt();
              }
              throw new IllegalStateException();
            });
    parts
        .contributors()
        .add(
            () -> {
              throw new IllegalStateException("broken");
            });
    HealthContributor fine =
        () -> new ComponentHealth("fine", ComponentHealth.Status.UP, "All is well.");
    parts.contributors().add(fine);

    assertThat(HealthRound.of(parts))
        .filteredOn(part -> part.detail().contains("does not say how it is"))
        .hasSize(2);
    assertThat(HealthRound.of(parts)).contains(fine.health());
  }
}
