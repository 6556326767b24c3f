package org.jarvis.api.host;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a connector stands with a host.
 *
 * @param status in a word
 * @param reason for people: what is wrong, and the cure; {@code null} while nothing is
 * @param offered the fingerprint of the key that the host offered, such as {@code SHA256:…}; {@code
 *     null} before it offered one
 * @param since since when
 */
public record HostState(
    Status status, @Nullable String reason, @Nullable String offered, Instant since) {
  /** The states of a host. */
  public enum Status {
    /** Not asked yet, or no connection is needed at present; nothing is known to be wrong. */
    IDLE,
    /** A connection stands. */
    CONNECTED,
    /** It offers a key that nobody accepted yet. */
    KEY_UNKNOWN,
    /** It offers another key than the accepted one. Nothing is sent to it. */
    KEY_CHANGED,
    /** It refuses Jarvis's user or key. */
    LOGIN_REFUSED,
    /** It cannot be reached. */
    UNREACHABLE,
    /** Its configuration cannot be used. */
    MISCONFIGURED;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The word at the edges. */
    public String word() {
      return word;
    }
  }
}
