package org.jarvis.lab.http;

import java.net.SocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.Http1StreamListener;

/**
 * Ends the TCP stream of a connection whose last reply was sent over TLS. The HTTP library ends the
 * TLS stream and then waits for the client to do the same; the JDK's client waits for the end of
 * TCP, so it would never see the end of a body without a length, as 401 and 595 have it. Proxmox VE
 * ends both at once.
 */
final class Farewells implements Http1StreamListener {
  private static final long STEP_MILLIS = 20;
  private static final int MOST_STEPS = 500;

  private final OpenConnections connections;
  private final ScheduledExecutorService workers;

  Farewells(OpenConnections connections, ScheduledExecutorService workers) {
    this.connections = connections;
    this.workers = workers;
  }

  @Override
  public void onExchangeComplete(HttpConnection connection, boolean keepAlive) {
    if (!keepAlive) {
      soon(() -> endWhenSaid(connection.getRemoteAddress(), MOST_STEPS));
    }
  }

  /** The end of the TLS stream is made after all data was sent, and leaves a moment later. */
  private void endWhenSaid(SocketAddress client, int steps) {
    if (connections.streamEnded(client)) {
      soon(() -> connections.endOutput(client));
    } else if (steps > 0) {
      soon(() -> endWhenSaid(client, steps - 1));
    }
  }

  private void soon(Runnable work) {
    try {
      ScheduledFuture<?> unused = workers.schedule(work, STEP_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closing) {
      // Closing the port ends it, too.
      return;
    }
  }

  @Override
  public void onRequestHead(HttpConnection connection, HttpRequest request) {}

  @Override
  public void onResponseHead(HttpConnection connection, HttpResponse response) {}
}
