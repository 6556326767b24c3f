package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends requests byte by byte as they are given, one on each connection, also those that no HTTP
 * library would send. A character of a text is a byte.
 */
final class RawClient {
  private static final int PATIENCE_MILLIS = 20_000;

  /** Of a longer body only the beginning is sent: the answer comes before the end of it. */
  private static final int LONGEST_BODY = 1024 * 1024;

  private static final int BEGINNING = 1000;
  private static final String CSRF = "X-CSRF-Token";
  private static final Pattern COOKIE = Pattern.compile("jarvis_session=([^;\\s]+)");
  private static final Pattern TOKEN = Pattern.compile("\"csrfToken\":\"([^\"]+)\"");

  private final int port;
  private final Map<String, String> headers;

  /** A client of this port on this machine, with these headers on each request. */
  RawClient(int port, Map<String, String> headers) {
    this.port = port;
    this.headers = Map.copyOf(headers);
  }

  /** What came back: the status, the status line with the headers, and the body. */
  record Answer(int status, String head, String body) {}

  /** The person of {@link JarvisClient}, signed in. */
  static RawClient person(int port) throws IOException {
    Answer login =
        new RawClient(port, Map.of())
            .send(
                "POST",
                "/api/auth/login",
                "{\"username\":\"%s\",\"password\":\"%s\"}"
                    .formatted(JarvisClient.USER, JarvisClient.PASSWORD),
                "Content-Type: application/json");
    Matcher cookie = COOKIE.matcher(login.head());
    Matcher token = TOKEN.matcher(login.body());
    if (!cookie.find() || !token.find()) {
      throw new IOException("Login answered " + login);
    }
    return new RawClient(
        port, Map.of("Cookie", "jarvis_session=" + cookie.group(1), CSRF, token.group(1)));
  }

  /** The same without what shows that the page itself asks. */
  RawClient withoutCsrf() {
    Map<String, String> fewer = new LinkedHashMap<>(headers);
    fewer.remove(CSRF);
    return new RawClient(port, fewer);
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Sends a request with these further header lines. */
  Answer send(String method, String path, String body, String... lines) throws IOException {
    StringBuilder request =
        new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n");
    headers.forEach(
        (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
    boolean connection = false;
    for (String line : lines) {
      request.append(line).append("\r\n");
      connection |= line.contains("Connection:");
    }
    if (!connection) {
      request.append("Connection: close\r\n");
    }
    if (!body.isEmpty()) {
      request.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    request.append("\r\n");
    request.append(body, 0, body.length() > LONGEST_BODY ? BEGINNING : body.length());
    return exchange(request.toString());
  }

  private Answer exchange(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(ISO_8859_1));
      out.flush();
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      int end = answer.indexOf("\r\n\r\n");
      if (end < 0) {
        throw new IOException(
            "No answer to " + request.substring(0, Math.min(200, request.length())));
      }
      return new Answer(
          Integer.parseInt(answer.substring(9, 12)),
          answer.substring(0, end),
          answer.substring(end + 4));
    }
  }
}
