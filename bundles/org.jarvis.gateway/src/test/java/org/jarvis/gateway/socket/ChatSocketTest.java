package org.jarvis.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jarvis.gateway.FakeConversations.answer;
import static org.jarvis.gateway.FakeConversations.conversation;
import static org.jarvis.gateway.FakeConversations.user;
import static org.jarvis.gateway.FakeConversations.with;
import static org.jarvis.gateway.FakeConversations.words;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.chat.Conversation;
import org.jarvis.gateway.FakeAuthenticator;
import org.jarvis.gateway.GatewayServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The chat's channel on a real server. */
class ChatSocketTest {
  private static final Conversation.State RUNNING = Conversation.State.RUNNING;

  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer();
    server.conversations.put(conversation("c1", "owner", user("m0", "Hello")));
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  /** A page's side of the socket. */
  private static final class Page implements WebSocket.Listener {
    final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    WebSocket socket;

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try {
          frames.add(new ObjectMapper().readTree(text.toString()));
        } catch (IOException broken) {
          throw new UncheckedIOException(broken);
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

    void show(String id) {
      socket.sendText("{\"type\":\"show\",\"conversation\":\"" + id + "\"}", true).join();
    }

    JsonNode await(String type) throws InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (System.nanoTime() < deadline) {
        JsonNode frame = frames.poll(1, TimeUnit.SECONDS);
        if (frame != null && frame.path("type").asText().equals(type)) {
          return frame;
        }
      }
      throw new AssertionError("No frame of the type " + type + " came.");
    }
  }

  private Page open() {
    Page page = new Page();
    page.socket =
        server
            .client()
            .newWebSocketBuilder()
            .header("Cookie", "jarvis_session=" + FakeAuthenticator.COOKIE)
            .header("Origin", server.origin())
            .buildAsync(URI.create(server.origin().replace("http", "ws") + "/ws/chat"), page)
            .join();
    return page;
  }

  @Test
  void followsWhatIsShown() throws Exception {
    Page page = open();
    page.await("heartbeat");
    page.show("c1");
    assertThat(page.await("conversation").at("/conversation/id").asText()).isEqualTo("c1");
    Conversation before = server.conversations.get("c1");
    server.conversations.put(with(before, RUNNING, answer("a1", false, words("Well"))));
    page.await("message");
    server.conversations.put(with(before, RUNNING, answer("a1", false, words("Well, yes"))));
    assertThat(page.await("words").path("text").asText()).isEqualTo(", yes");
    assertThat(page.await("heartbeat").path("seq").asLong()).isEqualTo(3);
  }

  @Test
  void comesBackWithTheChat() throws Exception {
    Page page = open();
    page.show("c1");
    page.await("conversation");
    server.parts.conversations().remove(server.conversations);
    page.await("unavailable");
    server.parts.conversations().add(server.conversations);
    page.await("conversation");
  }

  @Test
  void closesWithTheSession() throws Exception {
    Page page = open();
    page.show("c1");
    page.await("conversation");
    server.person("POST", "/api/auth/logout", null);
    assertThat(page.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1008);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!server.conversations.watches.get("c1").isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void goesOnBeatingWhileAConversationIsSlowToRead() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    server.conversations.beforeFinding =
        () -> {
          try {
            read.await();
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
        };
    Page page = open();
    page.show("c1");
    page.await("heartbeat");
    page.await("heartbeat");
    page.await("heartbeat");
    read.countDown();
    page.await("conversation");
  }

  @Test
  void isCounted() throws Exception {
    open().await("heartbeat");
    assertThat(server.token("GET", "/metrics", null).body())
        .contains("jarvis_sockets{channel=\"chat\"} 1\n");
  }
}
