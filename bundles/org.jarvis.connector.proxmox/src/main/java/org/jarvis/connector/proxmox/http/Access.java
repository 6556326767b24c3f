package org.jarvis.connector.proxmox.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How Jarvis identifies itself to a cluster and the cluster to it.
 *
 * @param token who Jarvis is there
 * @param pins the certificates that are trusted of any member
 * @param pinsOf the certificates that are trusted of the members at certain addresses, and no
 *     others of these; where neither says anything, the system's authorities decide
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
   * The certificates that are trusted of the member at this address. One without pins of its own
   * may show any of the pinned ones, each being a member's.
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
  static String normal(String host) {
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
  boolean pinned() {
    return !pins.isEmpty() || !pinsOf.isEmpty();
  }

  /**
   * Whether the member at this address must show a pinned certificate; otherwise one that the
   * system's authorities vouch for is as good.
   */
  public boolean pinned(String host) {
    return !pins.isEmpty() || pinsOf.containsKey(normal(host));
  }

  /**
   * The line of the configuration that trusts one more certificate, complete, with everything that
   * is pinned now.
   *
   * @param host the address of the member that shows it
   * @param shown its SHA-256
   * @param apart whether it is pinned for that address alone where nothing else is pinned, so that
   *     the authorities go on deciding about the others
   */
  String lineWith(String host, String shown, boolean apart) {
    return line(pins, host, shown, apart);
  }

  /** The same where it takes the place of a certificate that the member had before. */
  String lineInsteadOf(String host, String shown) {
    // With several, nobody can tell which of them was this member's.
    return line(pins.size() == 1 && pinsOf.isEmpty() ? Set.of() : pins, host, shown, false);
  }

  private String line(Set<Fingerprint> kept, String host, String shown, boolean apart) {
    List<String> all = new ArrayList<>();
    kept.stream().map(Fingerprint::value).sorted().forEach(all::add);
    String address = normal(host);
    new TreeMap<>(pinsOf)
        .forEach(
            (other, own) -> {
              if (!other.equals(address)) {
                own.stream().map(pin -> other + "=" + pin.value()).sorted().forEach(all::add);
              }
            });
    boolean alone = pinsOf.containsKey(address) || (pins.isEmpty() && (apart || pinned()));
    all.add(alone ? address + "=" + shown : shown);
    return "tls.fingerprint=" + String.join(",", all);
  }
}
