package org.jarvis.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jarvis.api.auth.Accounts.TokenInfo;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.panel.PanelContent;
import org.jarvis.api.panel.PanelKey;
import org.jarvis.api.panel.PanelReading;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.tool.Arguments;
import org.jarvis.gateway.FakeAuthenticator;
import org.jarvis.gateway.FakeCore;
import org.jarvis.gateway.GatewayServer;
import org.jarvis.gateway.Home;
import org.jarvis.testkit.problem.SampleProblem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveSocketTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer();
    server.core.show(Home.at(Instant.now(), Guest.Status.RUNNING, 0.5, Duration.ofHours(1)));
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  /** A page's side of a socket. */
  private static final class Page implements WebSocket.Listener {
    final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    WebSocket socket;

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try {
          messages.add(JSON.readTree(text.toString()));
        } catch (java.io.IOException broken) {
          throw new java.io.UncheckedIOException(broken);
        }
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
      closed.complete(code);
      return null;
    }

    JsonNode await(Predicate<JsonNode> wanted) throws InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (System.nanoTime() < deadline) {
        JsonNode message = messages.poll(1, TimeUnit.SECONDS);
        if (message != null && wanted.test(message)) {
          return message;
        }
      }
      throw new AssertionError("The message did not come.");
    }

    JsonNode await(String type) throws InterruptedException {
      return await(message -> message.path("type").asText().equals(type));
    }
  }

  private Page open(String path) {
    Page page = new Page();
    page.socket =
        server
            .client()
            .newWebSocketBuilder()
            .header("Cookie", "jarvis_session=" + FakeAuthenticator.COOKIE)
            .header("Origin", server.origin())
            .buildAsync(URI.create(server.origin().replace("http", "ws") + path), page)
            .join();
    return page;
  }

  @Test
  void keepsTheClusterLiveWhileStorageIsAway() throws Exception {
    server.stop();
    server = new GatewayServer();
    server.core.storageAway = true;
    server.core.show(Home.at(Instant.now(), Guest.Status.RUNNING, 0.5, Duration.ofHours(1)));

    Page page = open("/ws/cluster");

    page.await("snapshot");
    page.await("heartbeat");
    server.core.show(Home.at(Instant.now(), Guest.Status.STOPPED, 0.5, Duration.ofHours(1)));
    page.await("delta");
  }

  @Test
  void refusesAnUpgradeWithoutALogin() {
    assertThatThrownBy(
            () ->
                server
                    .client()
                    .newWebSocketBuilder()
                    .buildAsync(
                        URI.create(server.origin().replace("http", "ws") + "/ws/cluster"),
                        new Page())
                    .join())
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refusal -> assertThat(refusal.getResponse().statusCode()).isEqualTo(401));
  }

  @ParameterizedTest
  @CsvSource({"8, dGhlIHNhbXBsZSBub25jZQ==, 426", "13, '', 400", "13, short, 400"})
  void refusesAnUnsoundHandshakeAsTheClientsFault(String version, String key, int status)
      throws Exception {
    String answer =
        server.raw(
            "GET /ws/cluster HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade, close\r\n"
                + "Upgrade: websocket\r\nCookie: jarvis_session="
                + FakeAuthenticator.COOKIE
                + "\r\nSec-WebSocket-Version: "
                + version
                + "\r\nSec-WebSocket-Key: "
                + key
                + "\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 " + status).contains("application/problem+json");
  }

  @Test
  void sendsASnapshotThenDeltasAndBeats() throws Exception {
    Page page = open("/ws/cluster");
    JsonNode snapshot = page.await("snapshot");
    assertThat(snapshot.path("resources")).hasSize(3);
    JsonNode beat = page.await("heartbeat");
    assertThat(beat.path("seq").asLong()).isEqualTo(snapshot.path("seq").asLong());
    assertThat(beat.path("observed").has("pve:home")).isTrue();
    server.core.show(Home.at(Instant.now(), Guest.Status.STOPPED, 0, Duration.ofHours(1)));
    JsonNode delta = page.await("delta");
    assertThat(delta.path("changed").get(0).path("status").asText()).isEqualTo("stopped");
  }

  @Test
  void attendsToWhatAClientSaysThatItShows() throws Exception {
    Page page = open("/ws/cluster");
    page.await("snapshot");
    for (String nonsense :
        List.of("{", "[]", "7", "{\"type\":\"show\"}", "{\"type\":\"show\",\"refs\":7}")) {
      page.socket.sendText(nonsense, true).join();
    }
    page.socket
        .sendText("{\"type\":\"show\",\"refs\":[\"pve:home:guest:101\",7,\"dream\"]}", true)
        .join();

    page.await(message -> !server.readings.attended.isEmpty());
    assertThat(server.readings.attended)
        .containsOnly(ResourceRef.parse("pve:home:guest:101").orElseThrow());
    assertThat(page.closed).isNotDone();
  }

  private static String show(String ref) {
    return "{\"type\":\"show\",\"refs\":[\"" + ref + "\"]}";
  }

  @Test
  void looksOnlyAtWhatIsKnown() throws Exception {
    Page page = open("/ws/cluster");
    page.await("snapshot");
    String refs = "pve:home:guest:999\",\"pve:office:guest:101\",\"pve:home:node:pve1";
    page.socket.sendText(show(refs), true).join();

    page.await(message -> !server.readings.attended.isEmpty());
    assertThat(server.readings.attended)
        .containsOnly(ResourceRef.parse("pve:home:node:pve1").orElseThrow());
  }

  @Test
  void takesManyFramesUpAsTheLastOne() throws Exception {
    Page page = open("/ws/cluster");
    page.await("snapshot");
    for (int i = 0; i < 2000; i++) {
      page.socket.sendText(show("pve:home:guest:101"), true).join();
    }
    page.socket.sendText(show("pve:home:node:pve1"), true).join();

    ResourceRef last = ResourceRef.parse("pve:home:node:pve1").orElseThrow();
    page.await(message -> server.readings.attended.contains(last));
    assertThat(server.readings.attentions.get()).isLessThan(500);
  }

  @Test
  void beatsOnWhileAConnectorHoldsUpWhoLooks() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    server.readings.onAttend =
        () -> {
          try {
            goOn.await();
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
        };
    Page page = open("/ws/cluster");
    page.await("snapshot");
    page.socket.sendText(show("pve:home:guest:101"), true).join();
    page.await(message -> server.readings.attentions.get() > 0);

    for (int i = 0; i < 60; i++) {
      page.await("heartbeat");
    }
    server.core.show(Home.at(Instant.now(), Guest.Status.STOPPED, 0.5, Duration.ofHours(1)));
    page.await("delta");
    goOn.countDown();
  }

  @Test
  void looksAgainAfterAConnectorWasHalfGone() throws Exception {
    server.readings.onAttend =
        () -> {
          throw new NoClassDefFoundError("org/jarvis/connector/Gone");
        };
    Page page = open("/ws/cluster");
    page.await("snapshot");
    page.socket.sendText(show("pve:home:guest:101"), true).join();

    page.await(message -> server.readings.attentions.get() >= 2);
    page.await("heartbeat");
  }

  @Test
  void beatsOnAfterALiveStateWasHalfGone() throws Exception {
    Page page = open("/ws/cluster");
    page.await("snapshot");
    server.parts.liveState().remove(server.core);
    LiveState half = new HalfGone();
    server.parts.liveState().add(half);
    TimeUnit.MILLISECONDS.sleep(300);
    server.parts.liveState().remove(half);
    server.core.show(Home.at(Instant.now(), Guest.Status.STOPPED, 0.5, Duration.ofHours(1)));
    server.parts.liveState().add(server.core);
    page.messages.clear();

    for (int i = 0; i < 5; i++) {
      page.await("heartbeat");
    }
  }

  /** The live state of a bundle whose classes cannot be loaded any more. */
  private static final class HalfGone implements LiveState {
    @Override
    public List<ClusterSnapshot> clusters() {
      throw new NoClassDefFoundError("org/jarvis/core/Gone");
    }

    @Override
    public Optional<ClusterSnapshot> cluster(ClusterId id) {
      throw new NoClassDefFoundError("org/jarvis/core/Gone");
    }

    @Override
    public Subscription subscribe(Listener listener) {
      throw new NoClassDefFoundError("org/jarvis/core/Gone");
    }
  }

  @Test
  void closesAClientThatSaysMoreThanItCouldMean() throws Exception {
    Page page = open("/ws/cluster");
    page.await("snapshot");

    CompletableFuture<WebSocket> sending = page.socket.sendText("x".repeat(40_000), true);

    assertThat(page.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1009);
    assertThat(sending.handle((sent, cut) -> "over")).succeedsWithin(Duration.ofSeconds(20));
  }

  @Test
  void givesAClientThatComesBackWhatItMissed() throws Exception {
    Page page = open("/ws/cluster");
    Page witness = open("/ws/cluster");
    witness.await("snapshot");
    long seq = page.await("snapshot").path("seq").asLong();
    page.socket.abort();
    server.core.show(Home.at(Instant.now(), Guest.Status.PAUSED, 0.5, Duration.ofHours(1)));
    witness.await("delta");
    Page again = open("/ws/cluster?after=" + seq);
    JsonNode first = again.messages.poll(20, TimeUnit.SECONDS);
    assertThat(first.path("type").asText()).isEqualTo("delta");
    assertThat(first.path("seq").asLong()).isEqualTo(seq + 1);
  }

  @Test
  void showsWhatActionRunsOnAGuest() throws Exception {
    Page page = open("/ws/cluster");
    page.await("snapshot");
    server.core.next = org.jarvis.api.action.ActionState.RUNNING;
    server.token("POST", "/api/tools/stop_vm", "{\"arguments\":{}}");
    server.core.record("action.running", "Running.", "{\"actionId\":\"action-1\"}");
    JsonNode delta = page.await("delta");
    assertThat(delta.path("changed").get(0).path("action").asText()).isEqualTo("action-1");
  }

  @Test
  void tellsAllOfAProblemWithTheEventAboutIt() throws Exception {
    server.problems.all.add(
        SampleProblem.crashed("p1", 101, FakeCore.START)
            .remedies(
                Remedy.of("stop", "Stop media", "It is off.", SampleProblem.step("stop_vm", 101)))
            .build());
    Page page = open("/ws/events");
    page.await("heartbeat");

    server.core.record("problem.raised", "media crashed.", "{\"problemId\":\"p1\"}");

    JsonNode problem = page.await("event").path("event").path("data").path("problem");
    assertThat(problem.path("id").asText()).isEqualTo("p1");
    assertThat(problem.path("remedies").get(0).path("tool").asText()).isEqualTo("stop_vm");
  }

  @Test
  void tellsEventsFromNowOnOrFromWhereAClientLeft() throws Exception {
    server.core.record("guest.changed", "One.", "{}");
    server.core.record("guest.changed", "Two.", "{}");
    Page late = open("/ws/events?after=1");
    assertThat(late.await("event").path("event").path("summary").asText()).isEqualTo("Two.");
    Page fresh = open("/ws/events");
    fresh.await("heartbeat");
    server.core.record("guest.changed", "Three.", "{}");
    JsonNode event = fresh.await("event");
    assertThat(event.path("seq").asLong()).isEqualTo(3);
    assertThat(event.path("event").path("summary").asText()).isEqualTo("Three.");
    assertThat(late.await("event").path("seq").asLong()).isEqualTo(3);
  }

  @Test
  void catchesUpOverALongAbsenceInOrder() throws Exception {
    for (int i = 1; i <= 2500; i++) {
      server.core.record("guest.changed", "Event " + i, "{}");
    }
    Page page = open("/ws/events?after=0");
    for (int i = 1; i <= 2500; i++) {
      assertThat(page.await("event").path("seq").asLong()).isEqualTo(i);
    }
  }

  @Test
  void closesWhatBelongsToASessionThatEnds() throws Exception {
    Page page = open("/ws/cluster");
    page.await("snapshot");
    server.sockets.endings().sessionEnded("another-session");
    page.await("heartbeat");
    server.sockets.endings().sessionEnded("session-1");
    assertThat(page.await("closing").path("reason").asText()).contains("session");
    assertThat(page.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1008);
  }

  @Test
  void closesWhatATokenOpenedWhenItIsRevoked() throws Exception {
    server.auth.tokens.add(
        new TokenInfo(
            "token-1",
            "script",
            false,
            Set.of(Scope.READ),
            Audience.API,
            Instant.EPOCH,
            null,
            null));
    Page page = new Page();
    server
        .client()
        .newWebSocketBuilder()
        .header("Authorization", "Bearer " + FakeAuthenticator.TOKEN)
        .buildAsync(URI.create(server.origin().replace("http", "ws") + "/ws/cluster"), page)
        .join();
    page.await("snapshot");
    assertThat(server.person("DELETE", "/api/auth/tokens/token-1", null).statusCode())
        .isEqualTo(204);
    page.await("closing");
    assertThat(page.closed.get(5, TimeUnit.SECONDS)).isEqualTo(1008);
  }

  @Test
  void findsSessionsThatEndedWithoutAnybodyTelling() throws Exception {
    Page page = open("/ws/events");
    page.await("heartbeat");
    server.auth.ended.add("session-1");
    page.await("closing");
    assertThat(page.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1008);
  }

  @Test
  void saysGoodbyeWhenTheBundleLeaves() throws Exception {
    Page page = open("/ws/cluster");
    page.await("snapshot");
    server.sockets.stop();
    page.await("closing");
    page.closed.get(20, TimeUnit.SECONDS);
  }

  @Test
  void goesOnWhenTheCoreIsReplaced() throws Exception {
    Page page = open("/ws/cluster");
    page.await("snapshot");
    server.parts.liveState().remove(server.core);
    page.await("heartbeat");
    server.core.clusters =
        java.util.List.of(Home.at(Instant.now(), Guest.Status.STOPPED, 0, Duration.ofHours(1)));
    server.parts.liveState().add(server.core);
    page.await("delta");
  }

  @Test
  void tellsOfThePanelsThatThePageShows() throws Exception {
    PanelKey key = new PanelKey("ups", null);
    server.panels.readings.put(
        key,
        new PanelReading(
            key, new PanelContent.Log(List.of()), Instant.now(), Duration.ofSeconds(5), null));
    Page page = open("/ws/events");
    page.await("heartbeat");
    assertThat(server.panels.shown).isEmpty();

    page.socket
        .sendText("{\"type\":\"show\",\"panels\":[{\"id\":\"ups\",\"ref\":null},7]}", true)
        .join();

    JsonNode told = page.await("panel").path("panel");
    assertThat(told.path("id").asText()).isEqualTo("ups");
    assertThat(told.path("content").path("kind").asText()).isEqualTo("log");
    assertThat(server.panels.shown).containsExactly(key);
  }

  @Test
  void tellsEverybodyWhatTheScreenShows() throws Exception {
    Page first = open("/ws/events");
    first.await("heartbeat");

    server.screen.show(
        new Arguments(Map.of("show", "log", "title", "Journal")), "ada", Origin.CHAT);

    JsonNode told = first.await("screen");
    assertThat(told.path("seq").isInt()).isTrue();
    assertThat(told.path("screen").path("content").path("title").asText()).isEqualTo("Journal");
    assertThat(open("/ws/events").await("screen")).isEqualTo(told);

    server.screen.clear("bob", Origin.API);
    assertThat(first.await("screen").path("screen").path("content").isNull()).isTrue();
  }
}
