package org.jarvis.lab.pve;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that ends with an error reply: status, reason phrase and, for parameters, the errors by
 * name.
 */
final class PveError extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String reason;
  private final @Nullable String body;
  private final transient Map<String, String> errors;

  private PveError(int status, String reason, @Nullable String body, Map<String, String> errors) {
    super(reason, null, false, false);
    this.reason = reason;
    this.status = status;
    this.body = body;
    this.errors = errors;
  }

  /** The reply that it is, as this formatter of this release writes it. */
  PveReply reply(Formatter formatter, Release release) {
    return body == null
        ? PveReply.bare(status, reason)
        : formatter.error(status, reason, body, errors, release);
  }

  /** What a handler dies of. */
  static PveError internal(String text) {
    return new PveError(500, text, text + "\n", Map.of());
  }

  /** Parameters that do not fit; the texts are the ones of the real schema checks. */
  static PveError parameters(Map<String, String> errors) {
    String text = "Parameter verification failed.";
    return new PveError(400, text, text + "\n", errors);
  }

  static PveError forbidden(String path, String privilege) {
    String text = "Permission check failed (" + path + ", " + privilege + ")";
    return new PveError(403, text, text + "\n", Map.of());
  }

  /** Where any of several checks would have done. */
  static PveError forbidden() {
    String text = "Permission check failed";
    return new PveError(403, text, text + "\n", Map.of());
  }

  /** The one message without a line end. */
  static PveError notImplemented(String method, String path) {
    String text = "Method '" + method + " " + path + "' not implemented";
    return new PveError(501, text, text, Map.of());
  }

  static PveError unauthorized(String reason) {
    return new PveError(401, reason, null, Map.of());
  }

  static PveError unreachable(String reason) {
    return new PveError(595, reason, null, Map.of());
  }

  static PveError unknownNode(String node) {
    return internal(
        "hostname lookup '%s' failed - failed to get address info for: %s: Temporary failure in name resolution"
            .formatted(node, node));
  }
}
