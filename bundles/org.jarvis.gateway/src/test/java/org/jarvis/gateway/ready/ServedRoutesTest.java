package org.jarvis.gateway.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.gateway.ready.ServedRoutes.Route;
import org.junit.jupiter.api.Test;

class ServedRoutesTest {
  private final List<Route> meant =
      new ArrayList<>(List.of(new Route("/ws/chat", 1L), new Route("ScreenResource", 2L)));
  private final Set<Long> served = new HashSet<>(Set.of(1L, 2L, 99L));
  private long nanos;
  private int looks;
  private final ServedRoutes routes =
      new ServedRoutes(
          () -> {
            looks++;
            return meant;
          },
          () -> served,
          () -> nanos);

  @Test
  void isContentWhenEverythingIsServed() {
    assertThat(routes.complaint()).isEmpty();
    assertThat(routes.health().status()).isEqualTo(ComponentHealth.Status.UP);
  }

  @Test
  void namesWhatIsThereAndNotServed() {
    served.remove(2L);
    assertThat(routes.complaint()).contains("Not served: ScreenResource.");
    assertThat(routes.health().status()).isEqualTo(ComponentHealth.Status.DEGRADED);
  }

  @Test
  void namesNoClassAndNoBundleToThoseWhoAskHowItIs() {
    meant.add(new Route("bundle org.jarvis.mcp", null));
    served.clear();
    assertThat(routes.health().detail()).startsWith("Not served: /ws/chat and 2 more. ");

    nanos += TimeUnit.MINUTES.toNanos(1);
    served.addAll(Set.of(1L, 2L));
    assertThat(routes.health().detail()).startsWith("Not served: 1 part. ");
  }

  @Test
  void looksOnceForAllWhoAskHowItIsWithinSomeSeconds() {
    for (int i = 0; i < 100; i++) {
      assertThat(routes.health().status()).isEqualTo(ComponentHealth.Status.UP);
    }
    assertThat(looks).isEqualTo(1);

    served.clear();
    assertThat(routes.health().status()).isEqualTo(ComponentHealth.Status.UP);
    nanos += TimeUnit.MINUTES.toNanos(1);
    assertThat(routes.health().status()).isEqualTo(ComponentHealth.Status.DEGRADED);
  }

  /** What was said on the console a moment ago is not contradicted. */
  @Test
  void looksAfreshForTheConsoleAndTellsTheSameThen() {
    assertThat(routes.health().status()).isEqualTo(ComponentHealth.Status.UP);
    served.clear();
    assertThat(routes.complaint()).isPresent();
    assertThat(routes.health().status()).isEqualTo(ComponentHealth.Status.DEGRADED);
  }

  @Test
  void namesWhatIsNotEvenThere() {
    meant.add(new Route("bundle org.jarvis.mcp", null));
    assertThat(routes.complaint()).contains("Not served: bundle org.jarvis.mcp.");
  }

  @Test
  void keepsItShort() {
    for (int i = 0; i < 7; i++) {
      meant.add(new Route("/" + i, null));
      meant.add(new Route("/" + i, null));
    }
    assertThat(routes.complaint()).contains("Not served: /0, /1, /2, /3, /4 and 2 more.");
  }
}
