package org.jarvis.connector.proxmox.http;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How Jarvis identifies itself to a cluster and the cluster to it.
 *
 * @param token who Jarvis is there
 * @param pins the certificates that are trusted of any member
 * @param pinsOf the certificates that are trusted of the members at certain addresses, and no
 *     others of these; without any pin at all, the system's authorities decide
 * @param configuredIn where the operator wrote this down, for messages
 */
public record Access(
    ApiToken token,
    Set<Fingerprint> pins,
    Map<String, Set<Fingerprint>> pinsOf,
    String configuredIn) {
  /** Keeps the pins from changing. */
  public Access {
    pins = Set.copyOf(pins);
    Map<String, Set<Fingerprint>> copy = new HashMap<>();
    pinsOf.forEach((host, own) -> copy.put(host.toLowerCase(Locale.ROOT), Set.copyOf(own)));
    pinsOf = Map.copyOf(copy);
  }

  /** The same pins for every member. */
  public Access(ApiToken token, Set<Fingerprint> pins, String configuredIn) {
    this(token, pins, Map.of(), configuredIn);
  }

  /**
   * The certificates that are trusted of the member at this address; empty for the authorities. An
   * address without pins of its own may show any of the pinned ones: each is a member's.
   */
  Set<Fingerprint> pinsFor(String host) {
    Set<Fingerprint> own = pinsOf.get(host.toLowerCase(Locale.ROOT));
    if (own != null) {
      return own;
    }
    Set<Fingerprint> any = new HashSet<>(pins);
    pinsOf.values().forEach(any::addAll);
    return any;
  }

  /** Whether any certificate is pinned. */
  public boolean pinned() {
    return !pins.isEmpty() || !pinsOf.isEmpty();
  }
}
