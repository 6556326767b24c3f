package org.jarvis.lab.pve;

import java.util.Map;

/**
 * A request that ends with an error reply: status, reason phrase and, for parameters, the errors by
 * name.
 */
final class PveError extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient PveReply reply;

  private PveError(PveReply reply) {
    super(reply.reason(), null, false, false);
    this.reply = reply;
  }

  PveReply reply() {
    return reply;
  }

  /** What a handler dies of. */
  static PveError internal(String text) {
    return new PveError(PveReply.error(500, text, text + "\n", Map.of()));
  }

  /** Parameters that do not fit; the texts are the ones of the real schema checks. */
  static PveError parameters(Map<String, String> errors) {
    String text = "Parameter verification failed.";
    return new PveError(PveReply.error(400, text, text + "\n", errors));
  }

  static PveError forbidden(String path, String privilege) {
    String text = "Permission check failed (" + path + ", " + privilege + ")";
    return new PveError(PveReply.error(403, text, text + "\n", Map.of()));
  }

  /** Where any of several checks would have done. */
  static PveError forbidden() {
    String text = "Permission check failed";
    return new PveError(PveReply.error(403, text, text + "\n", Map.of()));
  }

  /** The one message without a line end. */
  static PveError notImplemented(String method, String path) {
    String text = "Method '" + method + " " + path + "' not implemented";
    return new PveError(PveReply.error(501, text, text, Map.of()));
  }

  static PveError unauthorized(String reason) {
    return new PveError(PveReply.bare(401, reason));
  }

  static PveError unreachable(String reason) {
    return new PveError(PveReply.bare(595, reason));
  }

  static PveError unknownNode(String node) {
    return internal(
        "hostname lookup '%s' failed - failed to get address info for: %s: Temporary failure in name resolution"
            .formatted(node, node));
  }
}
