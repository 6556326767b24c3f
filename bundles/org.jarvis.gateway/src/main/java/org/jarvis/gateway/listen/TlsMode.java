package org.jarvis.gateway.listen;

import java.util.Locale;
import java.util.Optional;

/** Where TLS is spoken. */
enum TlsMode {
  /** Everywhere but on loopback. */
  AUTO,
  /** Everywhere. */
  ALWAYS,
  /** Nowhere, also where other machines can listen in: only because somebody wrote so. */
  NEVER;

  static Optional<TlsMode> of(String word) {
    for (TlsMode mode : values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }

  boolean covers(boolean loopback) {
    return switch (this) {
      case AUTO -> !loopback;
      case ALWAYS -> true;
      case NEVER -> false;
    };
  }
}
