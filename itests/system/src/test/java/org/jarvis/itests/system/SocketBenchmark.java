package org.jarvis.itests.system;

import java.io.IOException;
import java.net.CookieManager;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand clients of {@code /ws/events}, fifty of which never read: how long from the recording
 * of an event to its receipt, and what that does to the server's heap. Prints figures and asserts
 * nothing. One thread holds all clients, since both sides share two cores.
 */
class SocketBenchmark {
  private static final int CLIENTS = 1000;
  private static final int STALLED = 50;
  private static final int CALLS = 50;
  private static final long SPACING = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
  private static final Pattern HEAP =
      Pattern.compile("jvm_memory_used_bytes\\{area=\"heap\"} ([0-9.E+]+)");
  private static final Pattern DROPPED = Pattern.compile("jarvis_sockets_dropped_total ([0-9.]+)");

  private static final byte[] EVENT =
      "{\"type\":\"event\",\"seq\":".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern AT = Pattern.compile("\"at\":\"([^\"]+)\"");

  @TempDir Path folder;

  private final HttpClient http =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private final List<Long> latencies = new ArrayList<>();
  private final Map<Long, Long> recordedAt = new HashMap<>();
  private int opened;
  private long first;
  private long newest;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);

  /** One client; the handshake's answer counts as read when its blank line has come. */
  private static final class Client {
    final SocketChannel channel;
    ByteBuffer unread = ByteBuffer.allocate(0);
    boolean open;
    long seq;

    Client(SocketChannel channel) {
      this.channel = channel;
    }

    void add(ByteBuffer read) {
      ByteBuffer all = ByteBuffer.allocate(unread.remaining() + read.remaining());
      unread = all.put(unread).put(read).flip();
    }

    /** The next whole frame, {@code null} when there is none; a server's frames have no mask. */
    ByteBuffer next() {
      if (unread.remaining() < 2) {
        return null;
      }
      int start = 2;
      int length = unread.get(unread.position() + 1);
      if (length == 126) {
        if (unread.remaining() < 4) {
          return null;
        }
        length = unread.getShort(unread.position() + 2) & 0xffff;
        start = 4;
      }
      if (unread.remaining() < start + length) {
        return null;
      }
      ByteBuffer frame = unread.slice(unread.position() + start, length);
      unread.position(unread.position() + start + length);
      return frame;
    }
  }

  @Test
  void printFigures() throws Exception {
    try (RunningJarvis jarvis = RunningJarvis.demo(folder.resolve("data"));
        Selector selector = Selector.open()) {
      JarvisClient.firstPerson(jarvis);
      String token = token(jarvis.url());
      double heapBefore = figure(HEAP, jarvis.url(), token);
      List<SocketChannel> stalled = new ArrayList<>();
      for (int i = 0; i < STALLED; i++) {
        SocketChannel channel = connect(jarvis.url(), token, 1024);
        stalled.add(channel);
      }
      for (int i = 0; i < CLIENTS - STALLED; i++) {
        Client client = new Client(connect(jarvis.url(), token, 0));
        client.channel.configureBlocking(false);
        client.channel.register(selector, SelectionKey.OP_READ, client);
      }
      awaitOpen(selector);
      double heapOpen = figure(HEAP, jarvis.url(), token);
      Duration before = processorTime(jarvis);
      for (int i = 0; i < CALLS; i++) {
        call(jarvis.url(), token);
        receive(selector, System.nanoTime() + SPACING);
      }
      int behind = catchUp(selector);
      Duration taken = processorTime(jarvis).minus(before);
      double heapAfter = figure(HEAP, jarvis.url(), token);
      Collections.sort(latencies);
      System.out.printf(
          Locale.ROOT,
          "%nan event to %d clients, %d more stalled: p50 %d ms, p90 %d ms, p99 %d ms, worst"
              + " %d ms, of %d receipts of %d events; %d clients miss some; %d us of the server's"
              + " processor time a receipt, heartbeats and all else included%n",
          CLIENTS - STALLED,
          STALLED,
          share(0.5),
          share(0.9),
          share(0.99),
          share(1),
          latencies.size(),
          newest - first + 1,
          behind,
          taken.toNanos() / 1000 / Math.max(1, latencies.size()));
      System.out.printf(
          Locale.ROOT,
          "heap in use before %.0f MB, with all sockets open %.0f MB, after the events %.0f MB;"
              + " dropped as too slow: %.0f%n",
          heapBefore / 1e6,
          heapOpen / 1e6,
          heapAfter / 1e6,
          figure(DROPPED, jarvis.url(), token));
      for (SocketChannel channel : stalled) {
        channel.close();
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    }
  }

  /**
   * Any action makes events; this one starts what runs already. Nobody waits for its answer: the
   * events come before it, and the clients have to be read by then.
   */
  private void call(URI base, String token) {
    var unused =
        http.sendAsync(
            HttpRequest.newBuilder(base.resolve("/api/tools/start_vm"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"arguments\":{\"node\":\"titan\",\"vmid\":103}}"))
                .build(),
            HttpResponse.BodyHandlers.discarding());
  }

  /** Opens a socket, up to the answer of the handshake, which is read like everything else. */
  private static SocketChannel connect(URI base, String token, int window) throws IOException {
    SocketChannel channel = SocketChannel.open();
    if (window > 0) {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, window);
    }
    channel.connect(new InetSocketAddress(base.getHost(), base.getPort()));
    channel.write(
        ByteBuffer.wrap(
            ("GET /ws/events HTTP/1.1\r\nHost: "
                    + base.getAuthority()
                    + "\r\nAuthorization: Bearer "
                    + token
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII)));
    return channel;
  }

  private void awaitOpen(Selector selector) throws IOException {
    long deadline = System.nanoTime() + PATIENCE;
    while (opened < CLIENTS - STALLED) {
      if (System.nanoTime() > deadline) {
        throw new IOException("Only " + opened + " sockets opened.");
      }
      receive(selector, System.nanoTime() + SPACING);
    }
  }

  /** Waits until every client has the newest event that any has; how many have not in the end. */
  private int catchUp(Selector selector) throws IOException {
    long deadline = System.nanoTime() + PATIENCE;
    while (System.nanoTime() < deadline && behind(selector) > 0) {
      receive(selector, System.nanoTime() + SPACING);
    }
    return behind(selector);
  }

  private int behind(Selector selector) {
    int behind = CLIENTS - STALLED - selector.keys().size();
    for (SelectionKey key : selector.keys()) {
      if (((Client) key.attachment()).seq < newest) {
        behind++;
      }
    }
    return behind;
  }

  private void receive(Selector selector, long until) throws IOException {
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
      for (SelectionKey key : selector.selectedKeys()) {
        read(key, (Client) key.attachment());
      }
      selector.selectedKeys().clear();
    }
  }

  private void read(SelectionKey key, Client client) throws IOException {
    buffer.clear();
    if (client.channel.read(buffer) < 0) {
      client.channel.close();
      key.cancel();
      return;
    }
    long now = System.currentTimeMillis();
    client.add(buffer.flip());
    if (!client.open) {
      String answer = StandardCharsets.ISO_8859_1.decode(client.unread.duplicate()).toString();
      int end = answer.indexOf("\r\n\r\n");
      if (end < 0) {
        return;
      }
      if (!answer.startsWith("HTTP/1.1 101")) {
        throw new IOException("Refused: " + answer);
      }
      client.unread.position(end + 4);
      client.open = true;
      opened++;
    }
    for (ByteBuffer frame = client.next(); frame != null; frame = client.next()) {
      long seq = seq(frame);
      if (seq > 0) {
        client.seq = seq;
        first = first == 0 ? seq : Math.min(first, seq);
        newest = Math.max(newest, seq);
        Long at = recordedAt.get(seq);
        if (at == null) {
          at = recordedAt(frame);
          recordedAt.put(seq, at);
        }
        latencies.add(now - at);
      }
    }
  }

  /** The number of an event, 0 for anything else. */
  private static long seq(ByteBuffer frame) {
    if (frame.remaining() < EVENT.length
        || !frame.slice(0, EVENT.length).equals(ByteBuffer.wrap(EVENT))) {
      return 0;
    }
    long seq = 0;
    for (int i = EVENT.length; frame.get(i) != ','; i++) {
      seq = seq * 10 + frame.get(i) - '0';
    }
    return seq;
  }

  /** When an event was recorded; read once, the same for all clients. */
  private static long recordedAt(ByteBuffer frame) {
    Matcher at = AT.matcher(StandardCharsets.UTF_8.decode(frame.duplicate()));
    if (!at.find()) {
      throw new IllegalStateException("An event without its time.");
    }
    return Instant.parse(at.group(1)).toEpochMilli();
  }

  private static Duration processorTime(RunningJarvis jarvis) {
    return jarvis.process().info().totalCpuDuration().orElseThrow();
  }

  private long share(double share) {
    return latencies.isEmpty()
        ? 0
        : latencies.get((int) Math.min(latencies.size() - 1L, (long) (latencies.size() * share)));
  }

  private double figure(Pattern pattern, URI base, String token) throws Exception {
    String text =
        http.send(
                HttpRequest.newBuilder(base.resolve("/metrics"))
                    .header("Authorization", "Bearer " + token)
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IOException("No such figure in " + text);
    }
    return Double.parseDouble(matcher.group(1));
  }

  private static String token(URI base) throws IOException {
    JarvisClient anybody = JarvisClient.anonymous(base);
    return anybody
        .post(
            "/api/auth/login",
            JarvisClient.object()
                .put("username", JarvisClient.USER)
                .put("password", JarvisClient.PASSWORD)
                .put("kind", "token"))
        .body()
        .path("token")
        .asText();
  }
}
