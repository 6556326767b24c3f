package org.jarvis.connector.proxmox.http;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that people consented to, one for a member at most. They count only for members
 * for which none is pinned. Safe from any thread.
 */
final class ConsentedCertificates {
  private volatile Map<String, Fingerprint> byMember = Map.of();

  /**
   * Takes these in the place of all; what cannot be read is trusted by nobody.
   *
   * @param fingerprints by the addresses of the members
   * @return whether they are others than before
   */
  boolean replace(Map<String, String> fingerprints) {
    Map<String, Fingerprint> next = new HashMap<>();
    fingerprints.forEach(
        (address, text) -> {
          Optional<String> member = member(address);
          Optional<Fingerprint> fingerprint = Fingerprint.parse(text);
          if (member.isPresent() && fingerprint.isPresent()) {
            next.put(member.get(), fingerprint.get());
          }
        });
    boolean others = !next.equals(byMember);
    byMember = Map.copyOf(next);
    return others;
  }

  private static Optional<String> member(String address) {
    try {
      URI uri = URI.create(address);
      return uri.getHost() == null
          ? Optional.empty()
          : Optional.of(member(uri.getHost(), uri.getPort()));
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private static String member(String host, int port) {
    return Access.normal(host) + " " + port;
  }

  /** What the member at this address may show; {@code null} where nobody consented to any. */
  @Nullable Fingerprint of(String host, int port) {
    return byMember.get(member(host, port));
  }

  boolean isEmpty() {
    return byMember.isEmpty();
  }
}
