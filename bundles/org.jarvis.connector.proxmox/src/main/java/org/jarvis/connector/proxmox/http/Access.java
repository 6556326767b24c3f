package org.jarvis.connector.proxmox.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

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
  // What the JDK never takes for a name to look up: it has colons, and digits of addresses alone.
  private static final Pattern LITERAL = Pattern.compile("[0-9a-f:][0-9a-f:.]*:[0-9a-f:.]*");

  /** Keeps the pins from changing. */
  public Access {
    pins = Set.copyOf(pins);
    Map<String, Set<Fingerprint>> copy = new HashMap<>();
    pinsOf.forEach((host, own) -> copy.merge(normal(host), Set.copyOf(own), Access::union));
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
    Set<Fingerprint> own = pinsOf.get(normal(host));
    if (own != null) {
      return own;
    }
    Set<Fingerprint> any = new HashSet<>(pins);
    pinsOf.values().forEach(any::addAll);
    return any;
  }

  private static Set<Fingerprint> union(Set<Fingerprint> some, Set<Fingerprint> others) {
    Set<Fingerprint> all = new HashSet<>(some);
    all.addAll(others);
    return Set.copyOf(all);
  }

  /**
   * The one way to write an address, without brackets, port or zone: people, the JDK and the
   * cluster write the same IPv6 address differently. Asks no name service.
   */
  private static String normal(String host) {
    String bare = host.toLowerCase(Locale.ROOT);
    int colon = bare.indexOf(':');
    if (bare.startsWith("[")) {
      int end = bare.indexOf(']');
      bare = bare.substring(1, end < 0 ? bare.length() : end);
    } else if (colon >= 0 && colon == bare.lastIndexOf(':')) {
      bare = bare.substring(0, colon);
    }
    int zone = bare.indexOf('%');
    bare = zone < 0 ? bare : bare.substring(0, zone);
    if (!LITERAL.matcher(bare).matches()) {
      return bare;
    }
    try {
      return InetAddress.getByName(bare).getHostAddress();
    } catch (UnknownHostException malformed) {
      return bare;
    }
  }

  /** Whether any certificate is pinned. */
  public boolean pinned() {
    return !pins.isEmpty() || !pinsOf.isEmpty();
  }
}
