package org.jarvis.gateway.listen;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One address that Jarvis listens on.
 *
 * @param address the IP address, without brackets
 * @param port the port
 * @param tls whether it speaks TLS there
 */
record Listener(String address, int port, boolean tls) {
  private static final Pattern LITERAL =
      Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /** Whether this is an IP address rather than a name, which could mean anything tomorrow. */
  static boolean isAddress(String text) {
    return LITERAL.matcher(text).matches() && inet(text) != null;
  }

  /** Whether nobody but this machine reaches this address. */
  static boolean isLoopback(String address) {
    InetAddress inet = inet(address);
    return inet != null && inet.isLoopbackAddress();
  }

  /** The one form of an address. */
  static String canonical(String address) {
    InetAddress inet = inet(address);
    return inet == null ? address : inet.getHostAddress();
  }

  /** Whether it stands for every address of this machine. */
  boolean everywhere() {
    InetAddress inet = inet(address);
    return inet != null && inet.isAnyLocalAddress();
  }

  /** How it is reached from this machine. */
  String url() {
    return at(everywhere() ? "127.0.0.1" : address);
  }

  /** How it is reached under this address. */
  String at(String host) {
    return (tls ? "https://" : "http://")
        + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
        + ":"
        + port;
  }

  private static @Nullable InetAddress inet(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException none) {
      return null;
    }
  }
}
