package org.jarvis.testkit.llm;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on loopback that answers each request with the next of the replies it was given,
 * byte for byte, and notices when a client goes away. Without a reply it answers 500.
 */
public final class StubModelServer implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  private final ServerSocket socket;
  private final Queue<StubReply> replies = new ConcurrentLinkedQueue<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final Semaphore departures = new Semaphore(0);
  private final Semaphore arrivals = new Semaphore(0);

  /**
   * A request as it came.
   *
   * @param line the request line
   * @param headers by their names in lower case
   * @param body the body
   */
  public record Received(String line, Map<String, String> headers, String body) {}

  /** Starts it on a free port. */
  public StubModelServer() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /** Its address. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** What it answers next. */
  public void answers(StubReply... next) {
    replies.addAll(List.of(next));
  }

  /** What it was asked. */
  public List<Received> received() {
    return received;
  }

  /** Waits until a request came that nobody waited for yet. */
  public boolean awaitRequest() {
    return await(arrivals);
  }

  /** Waits until a client left in the middle of a reply. */
  public boolean awaitDeparture() {
    return await(departures);
  }

  private static boolean await(Semaphore permits) {
    try {
      return permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "stub-model-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        connections.add(connection);
        daemon(() -> serve(connection));
      }
    } catch (IOException closed) {
      // The end of the test.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = connection.getOutputStream();
      Received request = read(in);
      while (request != null) {
        received.add(request);
        StubReply reply = replies.poll();
        arrivals.release();
        send(
            reply == null ? StubReply.error(500, "{\"error\":\"no reply left\"}") : reply,
            connection,
            in,
            out);
        request = read(in);
      }
    } catch (IOException gone) {
      // The client is gone, or the test is over.
    } finally {
      connections.remove(connection);
    }
  }

  private void send(StubReply reply, Socket connection, InputStream in, OutputStream out)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Stub\r\n");
    reply.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("transfer-encoding: chunked\r\n\r\n");
    try {
      write(out, head.toString());
      for (byte[] piece : reply.pieces()) {
        chunk(out, piece);
      }
      while (reply.then() == StubReply.Then.REPEAT) {
        chunk(out, reply.pieces().get(reply.pieces().size() - 1));
      }
    } catch (IOException gone) {
      departures.release();
      throw gone;
    }
    switch (reply.then()) {
      case END -> write(out, "0\r\n\r\n");
      case BREAK -> connection.close();
      case SILENCE -> {
        awaitEnd(in);
        departures.release();
        connection.close();
      }
      case REPEAT -> throw new IllegalStateException("It repeats until the client leaves.");
    }
  }

  private static void awaitEnd(InputStream in) {
    try {
      while (in.read() >= 0) {
        // A client that waits for an answer sends nothing.
      }
    } catch (IOException reset) {
      // That is an end as well.
    }
  }

  private static void chunk(OutputStream out, byte[] piece) throws IOException {
    if (piece.length == 0) {
      // An empty chunk would be the end.
      return;
    }
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    chunk.writeBytes(
        (Integer.toHexString(piece.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    chunk.writeBytes(piece);
    chunk.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    out.write(chunk.toByteArray());
    out.flush();
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** A request; null at the end of the connection. */
  private static @Nullable Received read(InputStream in) throws IOException {
    String line = line(in);
    if (line.isEmpty()) {
      return null;
    }
    Map<String, String> headers = new HashMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Received(line, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int one = in.read(); one >= 0 && one != '\n'; one = in.read()) {
      if (one != '\r') {
        line.write(one);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  /** Stops it, and breaks what is under way. */
  @Override
  public void close() {
    try {
      socket.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
