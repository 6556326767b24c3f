package org.jarvis.gateway.socket;

import jakarta.servlet.http.HttpServlet;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jarvis.gateway.Parts;

/** The live channels for tests in other packages, with a quick heart. */
public final class Sockets {
  private final SessionEndings endings = new SessionEndings();
  private final LiveFeeds feeds;

  public Sockets(Parts parts) {
    this.feeds = new LiveFeeds(parts, endings, Clock.systemUTC(), Duration.ofMillis(50));
  }

  public LiveFeeds feeds() {
    return feeds;
  }

  public SessionEndings endings() {
    return endings;
  }

  public Map<String, HttpServlet> servlets() {
    return Map.of(
        "/ws/cluster",
        new ClusterChannelServlet(feeds),
        "/ws/events",
        new EventChannelServlet(feeds),
        "/ws/chat",
        new ChatChannelServlet(feeds),
        "/ws/terminal",
        new TerminalChannelServlet(feeds));
  }

  public void stop() throws InterruptedException {
    feeds.deactivate();
  }
}
