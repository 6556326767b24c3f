package org.jarvis.api.connector;

import java.time.Instant;
import java.util.List;
import org.jarvis.api.resource.NodeName;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that a member of a cluster shows, and what the connector thinks of it. Its texts
 * are a stranger's, cleaned for people to read.
 *
 * @param address where the member answers, such as {@code https://192.168.1.10:8006}
 * @param name the member's name for a person to type: its host
 * @param node which node it is, {@code null} while unknown
 * @param configured whether the configuration names the member; otherwise it was discovered
 * @param standing what is thought of it
 * @param shown the certificate; {@code null} where the member does not answer
 * @param expected the fingerprints that the member may show, by the configuration or by a person's
 *     consent; empty where the system's authorities decide
 * @param inConfiguration whether the configuration says which it may show, and so counts alone
 * @param line the line of the configuration that would trust it; {@code null} while it is trusted
 * @param reason for people: what is wrong; {@code null} while it is trusted
 */
public record MemberCertificate(
    String address,
    String name,
    @Nullable NodeName node,
    boolean configured,
    Standing standing,
    @Nullable Shown shown,
    List<String> expected,
    boolean inConfiguration,
    @Nullable String line,
    @Nullable String reason) {

  /** Keeps the list from changing. */
  public MemberCertificate {
    expected = List.copyOf(expected);
  }

  /**
   * A certificate.
   *
   * @param fingerprint its SHA-256, as 32 upper-case hexadecimal bytes, separated by colons
   * @param subject whom it names
   * @param issuer who signed it
   * @param from since when it is valid
   * @param until how long
   */
  public record Shown(
      String fingerprint, String subject, String issuer, Instant from, Instant until) {}

  /** What is thought of a member's certificate. */
  public enum Standing {
    /** The system's authorities vouch for it. */
    VOUCHED,
    /** The configuration pins it. */
    PINNED,
    /** A person consented to it. */
    CONSENTED,
    /** Nobody vouches for it. Nothing is sent to the member. */
    UNKNOWN,
    /** It is vouched for, but for other names. Nothing is sent to the member. */
    OTHER_NAME,
    /** It is another than the expected one. Nothing is sent to the member. */
    CHANGED,
    /** The member does not answer, so it is not known. */
    SILENT;

    /** Whether the member is spoken to. */
    public boolean isTrusted() {
      return switch (this) {
        case VOUCHED, PINNED, CONSENTED -> true;
        case UNKNOWN, OTHER_NAME, CHANGED, SILENT -> false;
      };
    }
  }
}
