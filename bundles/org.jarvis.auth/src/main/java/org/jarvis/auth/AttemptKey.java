package org.jarvis.auth;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Under what attempts are counted.
 *
 * @param text its name, by which alone it is known
 * @param lasts whether it is one of a few that no stranger can multiply
 * @param stored whether it may be written down
 */
record AttemptKey(String text, boolean lasts, boolean stored) {
  private static final int IPV6_LENGTH = 16;
  private static final int IPV6_NETWORK_BYTES = 8;

  /** One of a few. */
  static AttemptKey lasting(String text) {
    return new AttemptKey(text, true, true);
  }

  /** One of very many: where they are too many, those tried longest ago are forgotten. */
  static AttemptKey passing(String text) {
    return new AttemptKey(text, false, true);
  }

  /** One of very many that is not written down: it may be a password, typed as a name. */
  static AttemptKey unwritten(String text) {
    return new AttemptKey(text, false, false);
  }

  /** The key of an address: for IPv6 of its /64 network, which one household has to itself. */
  static AttemptKey address(String kind, String address) {
    return passing(kind + " " + network(address));
  }

  private static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      // A literal with a colon is never looked up in DNS.
      InetAddress parsed = InetAddress.getByName(address);
      byte[] bytes = parsed.getAddress();
      return bytes.length == IPV6_LENGTH
          ? Arrays.toString(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES))
          : parsed.getHostAddress();
    } catch (UnknownHostException notAnAddress) {
      return address;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AttemptKey key && key.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
