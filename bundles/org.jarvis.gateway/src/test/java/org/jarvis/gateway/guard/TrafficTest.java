package org.jarvis.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.gateway.guard.Traffic.Kind;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private long nanos;
  private final Traffic traffic = new Traffic(() -> nanos);

  private void pass(String name, int times) {
    for (int i = 0; i < times; i++) {
      traffic.enter(Kind.STRANGER, name).close();
    }
  }

  private void refuses(String name) {
    assertThatThrownBy(() -> traffic.enter(Kind.STRANGER, name))
        .isInstanceOfSatisfying(
            JarvisException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.THROTTLED);
              assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
            });
  }

  @Test
  void letsABurstInAndThenAsManyAsTheRateAllows() {
    pass("a", 2000);
    refuses("a");
    nanos += Duration.ofSeconds(1).toNanos();
    pass("a", 200);
    refuses("a");
  }

  @Test
  void keepsNobodyElseOut() {
    pass("a", 2000);
    refuses("a");
    pass("b", 2000);
  }

  @Test
  void letsAThousandLiveChannelsOpenAtOnce() {
    for (int i = 0; i < 1000; i++) {
      var unused = traffic.enter(Kind.UNPROVEN_CHANNEL, "a");
      unused = traffic.enter(Kind.PROVEN_CHANNEL, "session");
    }
  }

  @Test
  void letsOnlySoManyBeUnderWayAtATime() {
    List<Traffic.Passage> open = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      open.add(traffic.enter(Kind.STRANGER, "a"));
    }
    refuses("a");
    open.get(0).close();
    open.add(traffic.enter(Kind.STRANGER, "a"));
    refuses("a");
    open.subList(1, open.size()).forEach(Traffic.Passage::close);
    pass("a", 50);
  }

  @Test
  void remembersOnlySoManySendersButNeverForgetsOneWithARequestUnderWay() {
    try (Traffic.Passage passage = traffic.enter(Kind.STRANGER, "a")) {
      assertThat(passage).isNotNull();
      for (int i = 1; i < 50; i++) {
        traffic.enter(Kind.STRANGER, "a");
      }
      for (int i = 0; i < 30_000; i++) {
        pass("other " + i, 1);
      }
      refuses("a");
    }
  }

  @Test
  void letsWhoeverIsKnownSendMore() {
    for (int i = 0; i < 5000; i++) {
      traffic.enter(Kind.PROVEN, "session").close();
    }
    nanos += Duration.ofMillis(500).toNanos();
    for (int i = 0; i < 500; i++) {
      traffic.enter(Kind.PROVEN, "session").close();
    }
    assertThatThrownBy(() -> traffic.enter(Kind.PROVEN, "session"))
        .isInstanceOf(JarvisException.class);
  }

  @Test
  void leavesThreadsToOthersHoweverManyStrangersThereAre() {
    List<Traffic.Passage> open = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      open.add(traffic.enter(Kind.STRANGER, "host " + i));
    }
    refuses("another host");
    traffic.enter(Kind.UNPROVEN, "host 1").close();
    traffic.enter(Kind.PROVEN, "session").close();
    traffic.enter(Kind.HEALTH, "this machine").close();

    open.get(0).close();
    open.get(0).close();
    open.add(traffic.enter(Kind.STRANGER, "another host"));
    refuses("a third one");
  }

  @Test
  void countsAnswersByTheClassOfTheirStatus() {
    traffic.answered(200);
    traffic.answered(204);
    traffic.answered(429);
    assertThat(traffic.answered())
        .containsEntry("2xx", 2L)
        .containsEntry("4xx", 1L)
        .containsEntry("5xx", 0L)
        .hasSize(5);
  }
}
