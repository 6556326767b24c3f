package org.jarvis.api.extension;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A jar that somebody dropped in. All texts in it come from the jar: hostile until shown as plain
 * text.
 *
 * @param id the SHA-256 of the jar, in lower-case hex: another content is another extension
 * @param file its file name
 * @param symbolicName the bundle's symbolic name, empty where it has none
 * @param version the bundle's version, empty where it has none
 * @param name what it calls itself
 * @param description what it says about itself, {@code null} when nothing
 * @param size in bytes
 * @param signer who signed all of it, {@code null} when nobody did
 * @param asks what it wants to use and to offer, each in one sentence
 * @param replaces the id of the running version whose place it would take, {@code null} when none
 * @param state how it stands
 * @param reason why, and what to do; {@code null} when all is well
 * @param decidedBy who consented or refused, {@code null} while nobody has
 * @param decidedAt when, {@code null} while nobody has
 */
public record Extension(
    String id,
    String file,
    String symbolicName,
    String version,
    String name,
    @Nullable String description,
    long size,
    @Nullable Signer signer,
    List<String> asks,
    @Nullable String replaces,
    State state,
    @Nullable String reason,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt) {

  /** Keeps the list from changing. */
  public Extension {
    asks = List.copyOf(asks);
  }

  /** How an extension stands. */
  public enum State {
    /** A person has to consent. */
    AWAITING_CONSENT,
    /** It runs. */
    RUNNING,
    /** A person refused it. */
    REJECTED,
    /** It may run, but cannot. */
    FAILED,
    /** It can never run: it is no bundle, or poses as a part of Jarvis. */
    UNACCEPTABLE;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The word at the edges. */
    public String word() {
      return word;
    }
  }

  /**
   * Who signed a jar.
   *
   * @param subject the name in the certificate; anybody can make one with any name
   * @param fingerprint SHA-256 of the certificate, in lower-case hex
   */
  public record Signer(String subject, String fingerprint) {}
}
