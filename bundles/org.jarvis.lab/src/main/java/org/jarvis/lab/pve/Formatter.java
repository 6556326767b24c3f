package org.jarvis.lab.pve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which the API writes its replies, by what a path begins with
 * (PVE::APIServer::Formatter::Standard).
 */
public enum Formatter {
  /**
   * The status line tells whether it went well, and why not; version 9 says why in the body too.
   */
  JSON("/api2/json"),
  /** The status is always 200, except where the request never came to the API; the body tells. */
  EXTJS("/api2/extjs");

  private static final ObjectMapper WRITER = new ObjectMapper();

  private final String root;

  Formatter(String root) {
    this.root = root;
  }

  /** The formatter that a path begins with. */
  public static Optional<Formatter> of(String path) {
    for (Formatter formatter : values()) {
      if (path.startsWith(formatter.root + "/")) {
        return Optional.of(formatter);
      }
    }
    return Optional.empty();
  }

  /** What is left of a path that begins with it. */
  public String below(String path) {
    return path.substring(root.length());
  }

  PveReply ok(@Nullable Object data, Map<String, Object> attributes, boolean throughWorker) {
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("data", data);
    envelope.putAll(attributes);
    if (this == EXTJS) {
      envelope.put("success", 1);
    }
    return new PveReply(200, "OK", json(envelope), throughWorker);
  }

  /**
   * An error.
   *
   * @param reason the phrase of the status line
   * @param message the same for the body
   * @param errors by parameter
   * @param release before version 9 plain JSON has no message
   */
  PveReply error(
      int status, String reason, String message, Map<String, String> errors, Release release) {
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("data", null);
    if (this == EXTJS || release.saysWhy()) {
      envelope.put("message", message);
    }
    if (!errors.isEmpty()) {
      envelope.put("errors", errors);
    }
    if (this == JSON) {
      return new PveReply(status, reason, json(envelope), false);
    }
    envelope.put("status", status);
    envelope.put("success", 0);
    return new PveReply(200, "OK", json(envelope), false);
  }

  private static String json(Map<String, Object> envelope) {
    try {
      return WRITER.writeValueAsString(envelope);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(
          "a reply of plain maps and lists cannot fail to be written", impossible);
    }
  }
}
