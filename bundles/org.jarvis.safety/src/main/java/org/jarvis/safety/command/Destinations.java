package org.jarvis.safety.command;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which hosts a model may have contacted: those that are known by name, and private addresses in
 * their usual spelling. No name is ever looked up.
 *
 * @param names whether a name or address, in small letters, is known
 */
record Destinations(Predicate<String> names) {
  private static final Pattern URL = Pattern.compile("https?://(?:\\[([^\\]]*)\\]|([^/:?#]*)).*");
  private static final Pattern IPV4 =
      Pattern.compile(
          "(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})");
  private static final Pattern PRIVATE_IPV6 =
      Pattern.compile(
          "::1|f[cd][0-9a-f]{2}:[0-9a-f:]{1,40}|fe[89ab][0-9a-f]:[0-9a-f:]{1,40}(%[a-z0-9.]{1,15})?");

  /** The host in an operand, which may be a URL. */
  static String hostOf(String operand) {
    Matcher url = URL.matcher(operand);
    if (!url.matches()) {
      return operand;
    }
    return url.group(1) != null ? url.group(1) : url.group(2);
  }

  /** Whether nothing can be carried out of the house by contacting it. */
  boolean isKnown(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return names.test(name)
        || name.equals("localhost")
        || PRIVATE_IPV6.matcher(name).matches()
        || isPrivateIpv4(name);
  }

  /** Addresses in octal, as one number or with parts left out are not in the usual spelling. */
  private static boolean isPrivateIpv4(String text) {
    Matcher address = IPV4.matcher(text);
    if (!address.matches()) {
      return false;
    }
    int[] octets = new int[4];
    for (int i = 0; i < 4; i++) {
      octets[i] = Integer.parseInt(address.group(i + 1));
      if (octets[i] > 255) {
        return false;
      }
    }
    return octets[0] == 10
        || octets[0] == 127
        || (octets[0] == 172 && octets[1] >= 16 && octets[1] <= 31)
        || (octets[0] == 192 && octets[1] == 168)
        || (octets[0] == 169 && octets[1] == 254);
  }
}
