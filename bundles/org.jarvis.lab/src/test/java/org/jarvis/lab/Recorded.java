package org.jarvis.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An HTTP reply taken apart: one recorded from a real Proxmox VE, or one that came over a socket.
 */
public record Recorded(String statusLine, List<String> headers, String body) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A recording among the test's resources. */
  public static Recorded named(String name) {
    try (InputStream in = Recorded.class.getResourceAsStream("/recorded/" + name + ".http")) {
      if (in == null) {
        throw new IllegalArgumentException("there is no recording " + name);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Splits the text of a whole reply. */
  public static Recorded parse(String text) {
    int end = text.indexOf("\r\n\r\n");
    String head = end < 0 ? text : text.substring(0, end);
    List<String> lines = new ArrayList<>(List.of(head.split("\r\n")));
    String status = lines.remove(0);
    return new Recorded(status, lines, end < 0 ? "" : text.substring(end + 4).stripTrailing());
  }

  /** The names of the headers in their order. */
  public List<String> headerNames() {
    return headers.stream().map(line -> line.substring(0, line.indexOf(':'))).toList();
  }

  /** The values of a header in their order. */
  public List<String> header(String name) {
    return headers.stream()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .toList();
  }

  /** The body as JSON. */
  public JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (IOException malformed) {
      throw new AssertionError("no JSON: " + body, malformed);
    }
  }

  /** What the body carries. */
  public JsonNode data() {
    return json().get("data");
  }
}
