package org.jarvis.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.gateway.guard.Caller;
import org.junit.jupiter.api.Test;

class ChannelTest {
  private static final Caller OWNER =
      new Caller(
          new Authentication(
              new Principal("owner", PrincipalKind.PERSON, "session-1"),
              Set.of(),
              Audience.API,
              null,
              Instant.MAX),
          "127.0.0.1",
          () -> true);

  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final Deque<String> pending = new ArrayDeque<>();
  private final Slow outlet = new Slow();
  private final Channel channel =
      new Channel(
          OWNER,
          outlet,
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }
          }) {
        @Override
        String next() {
          return pending.poll();
        }

        @Override
        String name() {
          return "test";
        }

        @Override
        String heartbeat() {
          return "beat";
        }
      };

  /** A client that takes a message only when the test says so. */
  private static final class Slow implements Outlet {
    final List<String> sent = new ArrayList<>();
    final Deque<Consumer<Boolean>> waiting = new ArrayDeque<>();
    boolean quick;
    String closed;

    @Override
    public void send(String text, Consumer<Boolean> done) {
      sent.add(text);
      if (quick) {
        done.accept(true);
      } else {
        waiting.add(done);
      }
    }

    @Override
    public void close(int code, String reason) {
      closed = code + " " + reason;
    }

    void take() {
      waiting.remove().accept(true);
    }
  }

  @Test
  void hasOneMessageUnderWayAtATime() {
    pending.addAll(List.of("a", "b"));
    channel.pump();
    channel.pump();
    channel.tick();
    assertThat(outlet.sent).containsExactly("a");
    outlet.take();
    assertThat(outlet.sent).containsExactly("a", "b");
    outlet.take();
    assertThat(outlet.sent).containsExactly("a", "b", "beat");
  }

  @Test
  void sendsALongBacklogWithoutGrowingTheStack() {
    outlet.quick = true;
    for (int i = 0; i < 100_000; i++) {
      pending.add("x");
    }
    channel.pump();
    assertThat(outlet.sent).hasSize(100_000);
  }

  @Test
  void beatsOnceASecondAndNeverTwiceInARow() {
    channel.tick();
    channel.tick();
    channel.tick();
    outlet.take();
    assertThat(outlet.sent).containsExactly("beat", "beat");
  }

  @Test
  void dropsAClientThatTakesNothingForTenSeconds() {
    pending.add("a");
    channel.pump();
    now = now.plus(Duration.ofSeconds(10));
    channel.tick();
    assertThat(channel.isClosed()).isFalse();
    now = now.plusSeconds(1);
    channel.tick();
    assertThat(channel.isClosed()).isTrue();
    assertThat(outlet.closed).contains("too slow");
  }

  @Test
  void saysWhyBeforeItCloses() {
    pending.addAll(List.of("a", "b"));
    channel.pump();
    channel.close("The session has ended.");
    outlet.take();
    assertThat(outlet.sent)
        .containsExactly("a", "{\"type\":\"closing\",\"reason\":\"The session has ended.\"}");
    assertThat(outlet.closed).isNull();
    outlet.take();
    assertThat(outlet.closed).isEqualTo("1008 The session has ended.");
  }

  @Test
  void closesAStalledClientWithinSecondsAllTheSame() {
    pending.add("a");
    channel.pump();
    channel.close("The session has ended.");
    now = now.plusSeconds(3);
    channel.tick();
    assertThat(channel.isClosed()).isTrue();
    assertThat(outlet.closed).contains("The session has ended.");
  }

  @Test
  void endsWhenAMessageDoesNotGetOut() {
    pending.add("a");
    channel.pump();
    outlet.waiting.remove().accept(false);
    assertThat(channel.isClosed()).isTrue();
  }
}
