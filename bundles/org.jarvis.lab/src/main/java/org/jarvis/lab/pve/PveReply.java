package org.jarvis.lab.pve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reply before it becomes HTTP.
 *
 * @param status the code
 * @param reason the phrase of the status line, in which Proxmox VE says what is wrong
 * @param body JSON, or null for replies that have none at all
 * @param compressed whether the body goes over the wire compressed, whatever the client accepts
 * @param throughWorker whether the privileged daemon answered: such replies carry one more {@code
 *     Connection} header
 */
public record PveReply(
    int status, String reason, @Nullable String body, boolean compressed, boolean throughWorker) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A reply that goes over the wire as it is. */
  public PveReply(int status, String reason, @Nullable String body, boolean throughWorker) {
    this(status, reason, body, false, throughWorker);
  }

  static PveReply ok(@Nullable Object data, Map<String, Object> attributes, boolean throughWorker) {
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("data", data);
    envelope.putAll(attributes);
    return new PveReply(200, "OK", json(envelope), throughWorker);
  }

  static PveReply error(int status, String reason, String message, Map<String, String> errors) {
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("data", null);
    envelope.put("message", message);
    if (!errors.isEmpty()) {
      envelope.put("errors", errors);
    }
    return new PveReply(status, reason, json(envelope), false);
  }

  /** A status line and no body at all, as 401, 595 and the like have. */
  public static PveReply bare(int status, String reason) {
    return new PveReply(status, reason, null, false);
  }

  /** Whether it is no error. */
  public boolean succeeded() {
    return status < 400;
  }

  private static String json(Map<String, Object> envelope) {
    try {
      return JSON.writeValueAsString(envelope);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(
          "a reply of plain maps and lists cannot fail to be written", impossible);
    }
  }
}
