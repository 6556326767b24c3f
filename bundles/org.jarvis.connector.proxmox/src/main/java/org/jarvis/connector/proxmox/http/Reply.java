package org.jarvis.connector.proxmox.http;

import com.fasterxml.jackson.databind.JsonNode;
import org.jarvis.api.error.ErrorCode;

/**
 * A reply as it came from a member, before anything is made of it.
 *
 * @param status the HTTP status, or the one that the body says instead
 * @param json the body; missing where it is no JSON
 * @param oversized whether it was too large to be read
 */
record Reply(int status, JsonNode json, boolean oversized) {
  static final int OK = 200;

  static Reply tooLarge(int status) {
    return new Reply(status, ErrorReplies.none(), true);
  }

  boolean succeeded() {
    return status >= 200 && status < 300;
  }

  /** Whether nothing more can be learned about it: 401 and 59x never have a reason in the body. */
  boolean explained() {
    return status == 401 || status >= 501 || status < 400 || ErrorReplies.explains(json);
  }

  /** Whether what went wrong is the member itself, so that another may answer better. */
  boolean isOfTheMember(ErrorCode failure, ApiPath path) {
    return failure == ErrorCode.BAD_REPLY
        || (status == 501 && path.isCore())
        || ((failure == ErrorCode.UNREACHABLE || failure == ErrorCode.TIMED_OUT) && !relayed());
  }

  /** Whether the member could not reach the node that it was asked about. */
  boolean relayed() {
    return status >= 595;
  }

  /** Whether the member that was asked could not even connect to the one it was about. */
  boolean neverArrived() {
    return status == 595;
  }

  /** Whether a member got no answer from the node that it passed the request on to. */
  boolean lostOnTheWay() {
    return status == 504 || status >= 596;
  }

  /**
   * Whether it tells what became of a write: the page of a proxy, or a reply that broke off, says
   * nothing about what the cluster did.
   */
  boolean conclusive() {
    return succeeded() ? json.has("data") : json.isObject() || status < 500;
  }

  Reply with(JsonNode explanation) {
    return new Reply(status, explanation, false);
  }
}
