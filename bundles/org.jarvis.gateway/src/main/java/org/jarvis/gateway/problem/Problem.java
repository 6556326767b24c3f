package org.jarvis.gateway.problem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.gateway.json.Json;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An error as it leaves: {@code application/problem+json} (RFC 9457) with a stable {@code code}.
 * Besides the codes of {@link ErrorCode} there are those that only HTTP knows: {@code
 * method-not-allowed}, {@code not-acceptable}, {@code unsupported-media-type}, {@code
 * upgrade-required}.
 *
 * @param status the HTTP status
 * @param code the stable code
 * @param detail what happened, to what, and what to do
 * @param errors what is wrong with which field
 * @param members further members of the body
 * @param retryAfter when asking again may help
 */
public record Problem(
    int status,
    String code,
    String detail,
    List<FieldError> errors,
    Map<String, JsonNode> members,
    @Nullable Duration retryAfter) {
  /** The media type of the body. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final Logger LOG = LoggerFactory.getLogger(Problem.class);
  private static final int INTERNAL_ERROR = 500;

  /** Keeps the lists from changing. */
  public Problem {
    errors = List.copyOf(errors);
    members = Map.copyOf(members);
  }

  /** A problem without further facts. */
  public static Problem of(int status, String code, String detail) {
    return new Problem(status, code, detail, List.of(), Map.of(), null);
  }

  /** What there is to say of an HTTP status alone. */
  public static Problem of(int status) {
    return switch (status) {
      case 404 -> of(ErrorCode.NOT_FOUND, "There is nothing at this path.");
      case 405 -> of(status, "method-not-allowed", "This path knows no such method.");
      case 406 -> of(status, "not-acceptable", "This is only to be had as JSON.");
      case 415 -> of(status, "unsupported-media-type", "Send the body as JSON.");
      case 505 ->
          of(status, ErrorCode.MALFORMED_REQUEST.code(), "Jarvis speaks HTTP/1.1 and no other.");
      default ->
          status < INTERNAL_ERROR
              ? of(
                  status,
                  ErrorCode.MALFORMED_REQUEST.code(),
                  "The request cannot be understood as it was sent.")
              : of(status, ErrorCode.INTERNAL.code(), "This could not be answered.");
    };
  }

  /** A problem with this code. */
  public static Problem of(ErrorCode code, String detail) {
    return of(StatusTable.status(code), code.code(), detail);
  }

  /**
   * The problem that an error is. One that is a fault of Jarvis is logged under an id and tells
   * nothing else.
   */
  public static Problem of(Throwable error) {
    if (error instanceof JarvisException known) {
      int status = StatusTable.status(known.code());
      if (status == INTERNAL_ERROR) {
        LOG.error("{}", known.getMessage(), known);
      }
      return new Problem(
          status,
          known.code().code(),
          known.getMessage(),
          known.fields(),
          Map.of(),
          known.retryAfter().orElse(null));
    }
    String id = UUID.randomUUID().toString();
    LOG.error("Internal error {}", id, error);
    return of(
        INTERNAL_ERROR,
        ErrorCode.INTERNAL.code(),
        "Jarvis met an internal error; its log has the details under " + id + ".");
  }

  /** This problem with one more member in its body. */
  public Problem with(String name, JsonNode value) {
    return new Problem(status, code, detail, errors, Map.of(name, value), retryAfter);
  }

  /** The body. */
  public ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("type", "about:blank")
        .put("title", StatusTable.title(status))
        .put("status", status)
        .put("code", code)
        .put("detail", detail);
    if (!errors.isEmpty()) {
      ArrayNode list = body.putArray("errors");
      errors.forEach(
          error -> list.addObject().put("field", error.field()).put("message", error.message()));
    }
    members.forEach(body::set);
    return body;
  }

  /** Sends it, unless something else was sent already. */
  public void send(HttpServletResponse response) throws IOException {
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    response.setStatus(status);
    response.setContentType(MEDIA_TYPE);
    headers().forEach(response::setHeader);
    response.getOutputStream().write(Json.bytes(body()));
  }

  /** The headers that belong to it. */
  public Map<String, String> headers() {
    if (retryAfter != null) {
      return Map.of("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
    }
    return status == 401 ? Map.of("WWW-Authenticate", "Bearer") : Map.of();
  }
}
