package org.jarvis.gateway.guard;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that name a host which is not Jarvis. Otherwise a foreign web site could point
 * its own name at this machine and would be of the same origin for the browser (DNS rebinding).
 */
final class HostRule {
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])(?::([0-9]{1,5}))?");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1\\]");

  private final Set<String> allowed;

  /** Allows these names besides loopback and the address that the request came to. */
  HostRule(Set<String> allowed) {
    this.allowed = allowed;
  }

  /**
   * The request's host and port, found to be Jarvis's own.
   *
   * @throws JarvisException with {@code MALFORMED_REQUEST} or {@code FOREIGN_ORIGIN}
   */
  String check(HttpServletRequest request) {
    String header = request.getHeader("Host");
    Matcher matcher = HOST.matcher(header == null ? "" : header);
    if (!matcher.matches()) {
      throw new JarvisException(
          ErrorCode.MALFORMED_REQUEST, "The request names no sound host in its Host header.");
    }
    String host = matcher.group(1).toLowerCase(Locale.ROOT);
    if (!LOOPBACK.matcher(host).matches()
        && !allowed.contains(host)
        && !host.equals(literal(request.getLocalAddr()))) {
      throw new JarvisException(
          ErrorCode.FOREIGN_ORIGIN,
          "Jarvis is not known under this host name. If it should be, add the name to allowed.hosts"
              + " in etc/org.jarvis.gateway.cfg.");
    }
    return header.toLowerCase(Locale.ROOT);
  }

  private static String literal(@Nullable String address) {
    if (address == null) {
      return "";
    }
    String plain = address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
    return plain.indexOf(':') >= 0 ? "[" + plain.toLowerCase(Locale.ROOT) + "]" : plain;
  }
}
