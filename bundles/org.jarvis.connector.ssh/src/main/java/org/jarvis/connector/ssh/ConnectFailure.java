package org.jarvis.connector.ssh;

import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.host.HostState.Status;
import org.jspecify.annotations.Nullable;

/** No connection came about, so nothing was sent. The message says why, and the cure. */
final class ConnectFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final Status status;
  private final @Nullable String offered;

  /**
   * A failure.
   *
   * @param status how the connector stands with the host since then
   * @param reason for people: what is wrong, and the cure
   * @param offered the fingerprint of the key that the host offered, if it came to that
   */
  ConnectFailure(Status status, String reason, @Nullable String offered) {
    super(reason);
    this.status = status;
    this.offered = offered;
  }

  Status status() {
    return status;
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  @Nullable String offered() {
    return offered;
  }

  /** What kind of failure it is to whoever wanted to read something. */
  ErrorCode code() {
    return switch (status) {
      case KEY_UNKNOWN, KEY_CHANGED -> ErrorCode.CERTIFICATE_UNTRUSTED;
      case LOGIN_REFUSED -> ErrorCode.CREDENTIALS_REFUSED;
      case MISCONFIGURED -> ErrorCode.MISCONFIGURED;
      case IDLE, CONNECTED, UNREACHABLE -> ErrorCode.UNREACHABLE;
    };
  }
}
