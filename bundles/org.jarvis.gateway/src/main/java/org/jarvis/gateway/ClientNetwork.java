package org.jarvis.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a client's address is counted under: an IPv4 address as it is, an IPv6 address by its /64
 * network, which one household has to itself. The login's throttle counts by the same rule.
 */
public final class ClientNetwork {
  private static final int IPV6_LENGTH = 16;
  private static final int IPV6_NETWORK_BYTES = 8;

  private ClientNetwork() {}

  /** The network of an address in its written form. */
  public static String of(@Nullable String address) {
    InetAddress parsed = parse(address);
    return parsed == null ? String.valueOf(address) : of(parsed);
  }

  /** The network of an address. */
  public static String of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == IPV6_LENGTH
        ? Arrays.toString(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES))
        : address.getHostAddress();
  }

  /**
   * Whether a client is on this machine: it comes from loopback, or from the address that it came
   * to. A proxy on this machine is such a client too.
   */
  public static boolean isThisMachine(@Nullable String remote, @Nullable String local) {
    InetAddress from = parse(remote);
    InetAddress to = parse(local);
    return from != null && isThisMachine(from, to);
  }

  /** The same of parsed addresses. */
  public static boolean isThisMachine(InetAddress remote, @Nullable InetAddress local) {
    return remote.isLoopbackAddress() || remote.equals(local);
  }

  /** Literals alone; a name could mean anything, and would be looked up. */
  private static @Nullable InetAddress parse(@Nullable String address) {
    if (address == null || !address.matches("[0-9.]+|.*:.*")) {
      return null;
    }
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException notAnAddress) {
      return null;
    }
  }
}
