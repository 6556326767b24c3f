package org.jarvis.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelcontextprotocol.spec.McpStreamableServerSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class SessionTableTest {
  private final AtomicLong nanos = new AtomicLong();
  private final SessionTable table = new SessionTable(Clock.fixed(FakeHouse.NOON, ZoneOffset.UTC));
  private int opened;

  private static Client client(String credential) {
    return new Client(
        new Principal("owner", PrincipalKind.MCP, credential),
        Set.of(Scope.READ),
        Audience.API,
        "http://127.0.0.1/");
  }

  private ClientSession open(String credential, Instant expiresAt) {
    ClientSession session =
        new ClientSession(
            client(credential),
            expiresAt,
            new McpStreamableServerSession(
                "s" + opened++,
                null,
                null,
                Duration.ofSeconds(1),
                Map.of(),
                Map.of(),
                Mono::empty,
                null),
            nanos::get);
    table.add(session);
    return session;
  }

  private boolean lasts(ClientSession session) {
    return table.find(session.id(), session.client()).isPresent();
  }

  @Test
  void endsWhatWasIdleTooLong() {
    ClientSession silent = open("t", null);
    ClientSession used = open("t", null);
    nanos.addAndGet(SessionTable.IDLE_LIMIT.toNanos());
    used.touch();
    nanos.addAndGet(1);
    table.sweep();
    assertThat(lasts(silent)).isFalse();
    assertThat(lasts(used)).isTrue();
  }

  @Test
  void endsWhatOutlivedItsToken() {
    ClientSession over = open("t", FakeHouse.NOON);
    ClientSession lasting = open("t", FakeHouse.NOON.plusSeconds(1));
    // Found no more even before it is swept away.
    assertThat(lasts(over)).isFalse();
    table.sweep();
    assertThat(table.all()).containsExactly(lasting);
  }

  @Test
  void makesRoomForATokenByItsOwnSessionThatWasSilentLongest() {
    ClientSession first = open("t", null);
    nanos.addAndGet(1);
    for (int i = 1; i < SessionTable.OF_ONE; i++) {
      open("t", null);
    }
    ClientSession others = open("u", null);
    ClientSession another = open("t", null);
    assertThat(lasts(first)).isFalse();
    assertThat(lasts(another)).isTrue();
    assertThat(lasts(others)).isTrue();
    assertThat(table.all()).hasSize(SessionTable.OF_ONE + 1);
  }

  @Test
  void takesNoMoreThanItsBoundFromAll() {
    for (int i = 0; i < SessionTable.OF_ALL; i++) {
      open("t" + i % 8, null);
    }
    assertThatThrownBy(() -> open("late", null))
        .isInstanceOfSatisfying(
            JarvisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.THROTTLED));
    // Whoever has sessions gives one of its own.
    ClientSession next = open("t0", null);
    assertThat(lasts(next)).isTrue();
    assertThat(table.all()).hasSize(SessionTable.OF_ALL);
  }

  @Test
  void endsAllOfATokenAndNoOther() {
    List<ClientSession> gone = List.of(open("t", null), open("t", null));
    ClientSession other = open("u", null);
    table.endOf("t");
    assertThat(gone).noneMatch(this::lasts);
    assertThat(table.all()).containsExactly(other);
    // Nor does a request that passed the guard just before the end open another one.
    assertThatThrownBy(() -> open("t", null))
        .isInstanceOfSatisfying(
            JarvisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHENTICATED));
    table.close();
    assertThat(table.all()).isEmpty();
  }
}
