package org.jarvis.connector.proxmox.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Set;

/** How far an address can be from whoever uses it. */
enum Vicinity {
  /** The very machine that uses it (127.0.0.0/8, ::1). */
  THIS_MACHINE,
  /** The same link (169.254.0.0/16, fe80::/10). */
  LINK,
  /** Networks that somebody keeps to themselves (RFC 1918, RFC 6598 as VPNs use it, fc00::/7). */
  PRIVATE,
  /** The internet. */
  PUBLIC;

  /** The vicinity of an address of one machine. */
  static Vicinity of(InetAddress address) {
    if (address.isLoopbackAddress()) {
      return THIS_MACHINE;
    }
    if (address.isLinkLocalAddress()) {
      return LINK;
    }
    byte[] bytes = address.getAddress();
    boolean kept =
        address instanceof Inet4Address
            ? address.isSiteLocalAddress() || ((bytes[0] & 0xFF) == 100 && (bytes[1] & 0xC0) == 64)
            : (bytes[0] & 0xFE) == 0xFC;
    return kept ? PRIVATE : PUBLIC;
  }

  /** Whether it means the same to Jarvis as to a member that is this far from Jarvis. */
  boolean reachableFrom(Set<Vicinity> member) {
    return switch (this) {
      case THIS_MACHINE, LINK -> member.contains(this);
      case PRIVATE, PUBLIC -> !member.equals(Set.of(THIS_MACHINE));
    };
  }
}
