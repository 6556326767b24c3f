package org.jarvis.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.gateway.Home;
import org.jarvis.gateway.LargeHouse;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.Precision;
import org.jarvis.gateway.json.ResourceEncoder;
import org.junit.jupiter.api.Test;

class AttentionTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final ClusterFeed feed = new ClusterFeed(Clock.systemUTC());
  private final List<ResourceRef> guests;

  AttentionTest() {
    var house = LargeHouse.at(NOW, 0);
    guests = house.guests().values().stream().map(guest -> guest.ref()).sorted().toList();
    feed.show(
        new ClusterPainter()
            .paint(
                List.of(house),
                new ResourceEncoder(NOW, Precision.DISPLAYED, Optional.empty(), Map.of())));
  }

  /** A client that takes whatever it is sent. */
  private static final class Open implements Outlet {
    @Override
    public void send(String text, Consumer<Boolean> done) {
      done.accept(true);
    }

    @Override
    public void close(int code, String reason) {
      throw new AssertionError("Nobody closes it.");
    }
  }

  private ClusterChannel client(String credential, Collection<?> refs) {
    Caller caller =
        new Caller(
            new Authentication(
                new Principal("owner", PrincipalKind.PERSON, credential),
                Set.of(),
                Audience.API,
                null,
                Instant.MAX),
            "127.0.0.1",
            () -> true);
    ClusterChannel client = new ClusterChannel(caller, new Open(), Clock.systemUTC(), feed, -1);
    client.received(
        refs.stream()
            .map(ref -> "\"" + ref + "\"")
            .collect(Collectors.joining(",", "{\"type\":\"show\",\"refs\":[", "]}")));
    assertThat(client.takeUp()).isTrue();
    return client;
  }

  @Test
  void keepsOfWhatAClientSaysOnlyWhatIsKnown() {
    List<Object> said = new ArrayList<>();
    IntStream.range(0, 300).forEach(i -> said.add("x".repeat(50) + i));
    said.add(ResourceRef.guest(Home.ID, new GuestId(999_999)));
    said.add(guests.get(7));
    said.add(guests.get(7));

    ClusterChannel client = client("a", said);

    assertThat(client.shown()).containsExactly(guests.get(7));
    assertThat(client.takeUp()).as("once").isFalse();
  }

  @Test
  void looksAtFiveHundredAtMost() {
    assertThat(
            Attention.of(
                List.of(
                    client("a", guests.subList(0, 400)), client("a", guests.subList(300, 800)))))
        .hasSize(500);
  }

  @Test
  void leavesEverybodyAShareHoweverMuchOneShows() {
    List<ClusterChannel> clients = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      clients.add(client("greedy", guests.subList(i * 10, i * 10 + 500)));
    }
    List<ResourceRef> mine = guests.subList(9_000, 9_050);
    clients.add(client("modest", mine));

    assertThat(Attention.of(clients)).hasSize(500).containsAll(mine);
  }

  @Test
  void leavesAShareToEachClientOfOneSession() {
    List<ResourceRef> mine = guests.subList(9_000, 9_050);
    assertThat(Attention.of(List.of(client("a", guests.subList(0, 500)), client("a", mine))))
        .hasSize(500)
        .containsAll(mine);
  }
}
