package org.jarvis.connector.proxmox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A server that sends bytes exactly as told: recorded replies with their status lines, replies that
 * break off, or nothing at all. Listens on loopback.
 */
public final class FakeMember implements AutoCloseable {
  /** Sent to nobody: the connection stays open and silent. */
  public static final byte[] SILENCE = new byte[0];

  private static final Pattern DATE = Pattern.compile("\r\n(?i:Date): [^\r\n]*");

  private final String host;
  private final ServerSocket socket;
  private final Thread acceptor;
  private volatile boolean closed;
  private volatile Clock clock;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Map<String, Function<Request, byte[]>> answers = new ConcurrentHashMap<>();
  private volatile Function<Request, byte[]> otherwise =
      request -> reply(501, "{\"message\":\"Method not implemented\",\"data\":null}");

  /** Begins to listen. */
  public FakeMember(TestCertificate certificate) {
    this(certificate, "127.0.0.1", 0);
  }

  /** Begins to listen there; a port of 0 is any. */
  public FakeMember(TestCertificate certificate, String host, int port) {
    this.host = host;
    try {
      socket =
          certificate
              .context()
              .getServerSocketFactory()
              .createServerSocket(port, 50, InetAddress.getByName(host));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    acceptor = run(this::accept);
  }

  private static Thread run(Runnable work) {
    Thread thread = new Thread(work, "fake-member");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Where it listens. */
  public URI address() {
    return URI.create("https://" + host + ":" + socket.getLocalPort());
  }

  /** All requests so far. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The requests with this verb. */
  public List<Request> requests(String verb) {
    return requests.stream().filter(request -> request.verb().equals(verb)).toList();
  }

  /**
   * Answers a verb and path (below the API's root, without its query) with what a function says.
   */
  public FakeMember on(String call, Function<Request, byte[]> answer) {
    answers.put(call, answer);
    return this;
  }

  /** Answers a call with a recorded reply. */
  public FakeMember on(String call, String recorded) {
    return on(call, request -> Recorded.reply(recorded));
  }

  /** Answers a call with JSON. */
  public FakeMember json(String call, String data) {
    return on(call, request -> reply(200, "{\"data\":" + data + "}"));
  }

  /**
   * Says in every reply from now on what time it is by this clock. Otherwise none does: that of a
   * recording is when it was recorded.
   */
  public FakeMember tells(Clock time) {
    clock = time;
    return this;
  }

  /** Answers everything else. */
  public FakeMember otherwise(Function<Request, byte[]> answer) {
    otherwise = answer;
    return this;
  }

  /** A whole reply. */
  public static byte[] reply(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return join(
        "HTTP/1.1 "
            + status
            + " Said\r\nContent-Type: application/json\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n",
        bytes);
  }

  private static byte[] join(String head, byte[] body) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    all.writeBytes(body);
    return all.toByteArray();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        if (closed) {
          // It was under way while the socket closed.
          connection.close();
          return;
        }
        connections.add(connection);
        run(() -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = connection.getInputStream();
      while (true) {
        Request request = read(in);
        if (request == null) {
          return;
        }
        requests.add(request);
        byte[] reply = answers.getOrDefault(request.call(), otherwise).apply(request);
        if (reply.length == 0) {
          in.readAllBytes();
          return;
        }
        reply = dated(reply);
        connection.getOutputStream().write(reply);
        connection.getOutputStream().flush();
        if (ends(reply)) {
          return;
        }
      }
    } catch (IOException gone) {
      // The client went away, or the test is over.
    }
  }

  private byte[] dated(byte[] reply) {
    String text = new String(reply, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return reply;
    }
    Clock time = clock;
    String head = DATE.matcher(text.substring(0, end)).replaceAll("");
    String date =
        time == null
            ? ""
            : "\r\nDate: "
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    time.instant().atOffset(ZoneOffset.UTC));
    return (head + date + text.substring(end)).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Whether the connection ends with this reply: it says so, or is shorter than it says. */
  private static boolean ends(byte[] reply) {
    String text = new String(reply, StandardCharsets.ISO_8859_1);
    String head = text.substring(0, text.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
    int length = head.indexOf("content-length: ");
    if (head.contains("connection: close") || length < 0) {
      return true;
    }
    String number = head.substring(length + 16).lines().findFirst().orElseThrow();
    return text.length() - head.length() - 4 < Integer.parseInt(number.strip());
  }

  private static Request read(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      if (next != '\n') {
        line.write(next);
        continue;
      }
      String text = line.toString(StandardCharsets.ISO_8859_1).strip();
      line.reset();
      if (!text.isEmpty()) {
        lines.add(text);
        continue;
      }
      int length =
          lines.stream()
              .filter(header -> header.toLowerCase(Locale.ROOT).startsWith("content-length:"))
              .mapToInt(header -> Integer.parseInt(header.substring(15).strip()))
              .findFirst()
              .orElse(0);
      String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
      List<String> first = List.of(lines.get(0).split(" ", -1));
      return new Request(first.get(0), first.get(1), lines, body);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      socket.close();
      for (Socket connection : connections) {
        connection.close();
      }
      // Until it has noticed, the port is taken.
      acceptor.join();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** A request as it came. */
  public record Request(String verb, String target, List<String> lines, String body) {
    /** Verb and path below the API's root, without the query. */
    public String call() {
      String path = target.replaceFirst("^/api2/json", "");
      int query = path.indexOf('?');
      return verb + " " + (query < 0 ? path : path.substring(0, query));
    }

    /** The value of a header; empty without it. */
    public String header(String name) {
      return lines.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }
}
