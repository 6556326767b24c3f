package org.jarvis.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.host.TerminalView.News;
import org.jarvis.gateway.FakeAuthenticator;
import org.jarvis.gateway.FakeTerminals;
import org.jarvis.gateway.GatewayServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalSocketTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/ws/terminal?id=" + FakeTerminals.ID;

  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer();
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

    JsonNode await(String type) throws InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (System.nanoTime() < deadline) {
        JsonNode message = messages.poll(1, TimeUnit.SECONDS);
        if (message != null && message.path("type").asText().equals(type)) {
          return message;
        }
      }
      throw new AssertionError("No " + type + " came.");
    }

    Page say(String frame) {
      socket.sendText(frame, true).join();
      return this;
    }
  }

  private Page open(String path, String... headers) {
    Page page = new Page();
    WebSocket.Builder builder = server.client().newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    page.socket =
        builder.buildAsync(URI.create(server.origin().replace("http", "ws") + path), page).join();
    return page;
  }

  private Page open() {
    return open(
        PATH, "Cookie", "jarvis_session=" + FakeAuthenticator.COOKIE, "Origin", server.origin());
  }

  private Page attached() throws InterruptedException {
    Page page = open().say("{\"type\":\"attach\",\"secret\":\"" + FakeTerminals.SECRET + "\"}");
    page.await("opened");
    return page;
  }

  private void awaitTold(String... expected) throws InterruptedException {
    for (int i = 0; i < 500 && server.terminals.told.size() < expected.length; i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(server.terminals.told).containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FakeAuthenticator.TOKEN,
        FakeAuthenticator.ADMIN_TOKEN,
        FakeAuthenticator.READ_TOKEN,
        FakeAuthenticator.MCP_TOKEN
      })
  void opensForNoBearerToken(String token) {
    refused(403, PATH, "Authorization", "Bearer " + token);
  }

  @Test
  void opensForNobodyElse() {
    String cookie = "jarvis_session=" + FakeAuthenticator.COOKIE;
    refused(401, PATH);
    refused(401, PATH, "Cookie", "jarvis_session=other");
    refused(403, PATH, "Cookie", cookie, "Origin", "https://evil.test");
    refused(422, "/ws/terminal", "Cookie", cookie);
    refused(422, "/ws/terminal?id=a/b", "Cookie", cookie);
    assertThat(server.terminals.told).isEmpty();
  }

  private void refused(int status, String path, String... headers) {
    assertThatThrownBy(() -> open(path, headers))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refusal -> assertThat(refusal.getResponse().statusCode()).isEqualTo(status));
  }

  @Test
  void attachesWithTheSecretAndTellsTheNextOne() throws InterruptedException {
    Page page =
        open().say("{\"type\":\"attach\",\"secret\":\"" + FakeTerminals.SECRET + "\",\"after\":3}");
    JsonNode opened = page.await("opened");
    assertThat(opened.path("secret").asText()).isEqualTo(FakeTerminals.NEXT);
    assertThat(opened.path("seq").asLong()).isEqualTo(3);
    assertThat(opened.path("terminal").path("title").asText()).isEqualTo("root@pve1");
    assertThat(opened.path("terminal").path("recording").asText()).isEqualTo("recording-1");
    awaitTold("attach 3 session-1");
  }

  @Test
  void tellsWhatIsPrintedAndTakesWhatIsTyped() throws InterruptedException {
    Page page = attached();
    server.terminals.tells(new News.Output(9, "a\u001b[0m\u0000\"ü😀"));
    JsonNode output = page.await("output");
    assertThat(output.path("seq").asLong()).isEqualTo(9);
    assertThat(output.path("data").asText()).isEqualTo("a\u001b[0m\u0000\"ü😀");
    page.say("{\"type\":\"input\",\"data\":\"\\u0003ls\\n\"}")
        .say("{\"type\":\"resize\",\"columns\":120,\"rows\":40}")
        .say("{\"type\":\"ack\",\"seq\":9}")
        .say("{\"type\":\"stay\"}")
        .say("{\"type\":\"ping\"}");
    assertThat(page.await("pong").path("seq").asLong()).isEqualTo(9);
    awaitTold("attach -1 session-1", "type \u0003ls\n", "resize 120x40", "ack 9", "stay");
  }

  @Test
  void tellsHowItEndedAndCloses() throws Exception {
    Page page = attached();
    server.terminals.tells(new News.IdleWarning(Instant.EPOCH));
    assertThat(page.await("warning").path("code").asText()).isEqualTo("idle");
    server.terminals.tells(new News.Ended(3, "It ended with status 3."));
    JsonNode ended = page.await("ended");
    assertThat(ended.path("exitStatus").asInt()).isEqualTo(3);
    assertThat(ended.path("reason").asText()).contains("status 3");
    assertThat(page.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1008);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type":"attach","secret":"wrong"}           | refused
          {"type":"attach","secret":"next-secret"}     | refused
          {"type":"attach","secret":7}                 | malformed-request
          {"type":"attach"}                            | malformed-request
          {"type":"attach","secret":"first-secret","after":-1} | malformed-request
          {"type":"attach","secret":"first-secret","after":"x"} | malformed-request
          {"type":"input","data":"reboot"}             | malformed-request
          {"type":"output"}                            | malformed-request
          []                                           | malformed-request
          {                                            | malformed-request
          """)
  void closesForWhoeverDoesNotAttach(String frame, String code) throws Exception {
    Page page = open().say(frame);
    assertThat(page.await("error").path("code").asText()).isEqualTo(code);
    page.closed.get(20, TimeUnit.SECONDS);
    assertThat(server.terminals.told).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type":"input","data":7}                    | malformed-request
          {"type":"input"}                             | malformed-request
          {"type":"input","data":"too much"}           | throttled
          {"type":"resize","columns":5000,"rows":1}    | invalid-input
          {"type":"resize","columns":-5,"rows":1}      | malformed-request
          {"type":"ack","seq":1.5}                     | malformed-request
          {"type":"attach","secret":"first-secret"}    | malformed-request
          {"type":"constructor"}                       | malformed-request
          """)
  void goesOnAfterAFrameThatMakesNoSense(String frame, String code) throws Exception {
    Page page = attached().say(frame);
    assertThat(page.await("error").path("code").asText()).isEqualTo(code);
    page.say("{\"type\":\"input\",\"data\":\"x\"}");
    awaitTold("attach -1 session-1", "type x");
  }

  @Test
  void detachesWhenItsClientGoes() throws InterruptedException {
    Page page = attached();
    page.socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    for (int i = 0; i < 500 && !server.terminals.told.contains("detach"); i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(server.terminals.told).contains("detach");
  }

  @Test
  void closesWhenItsSessionEnds() throws Exception {
    Page page = attached();
    server.auth.endSession("session-1", "127.0.0.1");
    assertThat(page.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1008);
    assertThat(server.terminals.told).contains("detach");
  }

  @Test
  void givesWayToWhoeverAttachedAfterwards() throws Exception {
    Page page = attached();
    server.terminals.tells(new News.Replaced());
    assertThat(page.await("error").path("code").asText()).isEqualTo("replaced");
    page.closed.get(20, TimeUnit.SECONDS);
  }
}
