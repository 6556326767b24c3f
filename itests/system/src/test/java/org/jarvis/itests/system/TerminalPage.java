package org.jarvis.itests.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Predicate;

/** A page's side of a terminal: attaches, types, and acknowledges whatever it is told. */
final class TerminalPage implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final PageSocket socket;
  private final StringBuilder screen = new StringBuilder();
  private String nextSecret = "";
  private long seq;
  private long characters;

  private TerminalPage(PageSocket socket) {
    this.socket = socket;
  }

  /** Opens a socket and attaches. */
  static TerminalPage attach(JarvisClient person, String id, String secret, long after)
      throws IOException {
    TerminalPage page = new TerminalPage(person.socket("/ws/terminal?id=" + id));
    ObjectNode attach = JarvisClient.object().put("type", "attach").put("secret", secret);
    page.say(after < 0 ? attach : attach.put("after", after));
    JsonNode opened = page.await(frame -> !frame.path("type").asText().equals("heartbeat"));
    if (!opened.path("type").asText().equals("opened")) {
      page.close();
      throw new IOException("not attached: " + opened);
    }
    page.nextSecret = opened.path("secret").asText();
    page.seq = opened.path("seq").asLong();
    return page;
  }

  /** With what to attach the next time. */
  String nextSecret() {
    return nextSecret;
  }

  /** How far this page has come. */
  long seq() {
    return seq;
  }

  /** How much it was told in all. */
  long characters() {
    return characters;
  }

  void type(String text) {
    say(JarvisClient.object().put("type", "input").put("data", text));
  }

  void say(ObjectNode frame) {
    socket.send(frame.toString());
  }

  /** Waits until the screen shows this, from what was awaited last on. */
  void awaitText(String text) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (screen.indexOf(text) < 0) {
      if (System.nanoTime() > deadline) {
        throw new IOException("The screen shows much, but not " + text);
      }
      await(frame -> frame.path("type").asText().equals("output"));
    }
    screen.delete(0, screen.indexOf(text) + text.length());
  }

  /** Waits for a frame as wished; output before it is shown and acknowledged. */
  JsonNode await(Predicate<JsonNode> wished) throws IOException {
    while (true) {
      JsonNode frame = JSON.readTree(socket.await(text -> true, PATIENCE).text());
      if (frame.path("type").asText().equals("output")) {
        take(frame);
      }
      if (wished.test(frame)) {
        return frame;
      }
    }
  }

  private void take(JsonNode frame) {
    seq = frame.path("seq").asLong();
    String data = frame.path("data").asText();
    characters += data.length();
    screen.append(data);
    if (screen.length() > 1 << 20) {
      screen.delete(0, screen.length() - (1 << 16));
    }
    // A shell's last words and its end come together: the line may be closed before they are read.
    socket.mention(JarvisClient.object().put("type", "ack").put("seq", seq).toString());
  }

  /** Takes whatever comes for so long. */
  void watch(Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      await(frame -> true);
    }
  }

  /** The line is cut, as by a blip of the network. */
  @Override
  public void close() {
    socket.close();
  }

  /** Where a terminal's socket is opened. */
  static URI address(URI base, String id) {
    return URI.create("ws://" + base.getAuthority() + "/ws/terminal?id=" + id);
  }
}
