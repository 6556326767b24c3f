package org.jarvis.connector.ssh;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a host is reached.
 *
 * @param host a name or an IP address, of version 6 without brackets
 * @param port its port, {@code null} for the usual one
 */
record HostAddress(String host, @Nullable Integer port) {
  // Nothing that begins with a hyphen, and no character that a name or an address does not have.
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
  private static final Pattern VERSION_6 =
      Pattern.compile("[0-9A-Fa-f:.]{2,45}(?:%[A-Za-z0-9]{1,15})?");
  private static final Pattern WITH_PORT =
      Pattern.compile("(?:\\[([^\\[\\]]+)]|([^\\[\\]:]+))(?::([0-9]{1,5}))?");
  private static final int HIGHEST_PORT = 65535;

  /** Whether this can be a host's name or address. */
  static boolean isHost(String text) {
    return NAME.matcher(text).matches() || isVersion6(text);
  }

  private static boolean isVersion6(String text) {
    // Two colons at least: with one, it is an address of version 4 and a port.
    return text.indexOf(':') != text.lastIndexOf(':') && VERSION_6.matcher(text).matches();
  }

  static boolean isPort(int number) {
    return number >= 1 && number <= HIGHEST_PORT;
  }

  /** Reads {@code host}, {@code host:port}, {@code [::1]:port} or {@code ::1}. */
  static Optional<HostAddress> parse(String text) {
    if (isVersion6(text)) {
      return Optional.of(new HostAddress(text, null));
    }
    Matcher matcher = WITH_PORT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String bracketed = matcher.group(1);
    String host = bracketed == null ? matcher.group(2) : bracketed;
    boolean valid = bracketed == null ? NAME.matcher(host).matches() : isVersion6(host);
    Integer port = matcher.group(3) == null ? null : Integer.valueOf(matcher.group(3));
    return valid && (port == null || isPort(port))
        ? Optional.of(new HostAddress(host, port))
        : Optional.empty();
  }
}
