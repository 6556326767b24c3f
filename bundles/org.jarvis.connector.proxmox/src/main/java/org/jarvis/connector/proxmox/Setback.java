package org.jarvis.connector.proxmox;

import java.time.Duration;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.detail.Aspect;

/** What it means for the next attempt that a detail could not be read. */
final class Setback {
  private static final Duration SHORT_REST = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofMinutes(5);

  private Setback() {}

  /** Whether it may have been a weakness of the cluster or a node, and passes with it. */
  static boolean passes(ErrorCode code) {
    return switch (code) {
      case UNREACHABLE,
          TIMED_OUT,
          CERTIFICATE_UNTRUSTED,
          CREDENTIALS_REFUSED,
          REMOTE_ERROR,
          BAD_REPLY ->
          true;
      default -> false;
    };
  }

  /** How long to leave an aspect alone. */
  static Duration rest(Aspect aspect, ErrorCode code) {
    if (code == ErrorCode.TARGET_BUSY && aspect == Aspect.AGENT) {
      // So an agent shows itself that hangs, and each question keeps a worker of its node waiting.
      return REST;
    }
    return switch (code) {
      case NOT_PRESENT, PRIVILEGE_MISSING -> Rotation.longRest();
      case REMOTE_ERROR, INVALID_INPUT, NOT_RUNNING, BAD_REPLY, INTERNAL -> REST;
      default -> SHORT_REST;
    };
  }
}
