package org.jarvis.itests.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One of the sockets that an open page holds. */
final class PageSocket implements WebSocket.Listener, AutoCloseable {
  private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
  private final StringBuilder part = new StringBuilder();
  private final WebSocket socket;

  /**
   * A text frame.
   *
   * @param text what it says
   * @param at when it came, by {@link System#nanoTime()}
   */
  record Frame(String text, long at) {}

  private PageSocket(HttpClient http, URI address, String origin) {
    this.socket =
        http.newWebSocketBuilder().header("Origin", origin).buildAsync(address, this).join();
  }

  /** Opens a channel such as {@code /ws/cluster} with the session of this HTTP client. */
  static PageSocket open(HttpClient http, URI base, String channel) {
    URI address = URI.create("ws://" + base.getAuthority() + channel);
    return new PageSocket(http, address, "http://" + base.getAuthority());
  }

  /** Waits for the next frame as wished; those before it are dropped. */
  Frame await(Predicate<String> wished, Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (true) {
        Frame frame = frames.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (frame == null) {
          throw new IOException("No such frame within " + patience);
        }
        if (wished.test(frame.text())) {
          return frame;
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  /** All frames that came since somebody looked last. */
  List<Frame> drain() {
    List<Frame> drained = new ArrayList<>();
    frames.drainTo(drained);
    return drained;
  }

  /** Says something, as the page does when it shows something else. */
  void send(String text) {
    socket.sendText(text, true).join();
  }

  /** Says something that does not matter any more where the server has closed by now. */
  void mention(String text) {
    socket.sendText(text, true).exceptionally(closed -> socket).join();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      frames.add(new Frame(part.toString(), System.nanoTime()));
      part.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public void close() {
    socket.abort();
  }
}
