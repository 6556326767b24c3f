package org.jarvis.api.llm.provider;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a server of models is.
 *
 * @param base its address, without a slash at the end
 */
public record Endpoint(URI base) {
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");
  private static final List<String> LOCAL_DOMAINS =
      List.of(".local", ".lan", ".internal", ".home.arpa", ".localdomain", ".localhost");

  /**
   * Reads an address of the form {@code https://host:port/path}; empty where it is none. Outside of
   * the house only {@code https} is one: what is asked, and the key, are nobody else's business.
   */
  public static Optional<Endpoint> parse(String text) {
    try {
      URI given = new URI(text.strip());
      String scheme = given.getScheme() == null ? "" : given.getScheme().toLowerCase(Locale.ROOT);
      boolean plain =
          (scheme.equals("https") || scheme.equals("http"))
              && given.getHost() != null
              && given.getRawUserInfo() == null
              && given.getRawQuery() == null
              && given.getRawFragment() == null;
      if (!plain) {
        return Optional.empty();
      }
      String path = given.getPath() == null ? "" : given.getPath().replaceAll("/+$", "");
      Endpoint endpoint =
          new Endpoint(new URI(scheme, null, given.getHost(), given.getPort(), path, null, null));
      return scheme.equals("https") || endpoint.withinTheHouse()
          ? Optional.of(endpoint)
          : Optional.empty();
    } catch (URISyntaxException malformed) {
      return Optional.empty();
    }
  }

  /** The address of something below it. */
  public URI resolve(String path) {
    return URI.create(base + path);
  }

  /** The host, with the port where one is given. */
  public String destination() {
    return base.getPort() < 0 ? base.getHost() : base.getHost() + ":" + base.getPort();
  }

  /**
   * Whether it is this machine or in a network of the operator's own, as far as that can be told
   * from the name alone: private and local addresses, those of a private overlay (100.64.0.0/10),
   * names without a dot, and names of local domains.
   */
  public boolean withinTheHouse() {
    String host = base.getHost().toLowerCase(Locale.ROOT);
    if (host.startsWith("[") || IPV4.matcher(host).matches()) {
      return isPrivate(host);
    }
    return !host.contains(".") || LOCAL_DOMAINS.stream().anyMatch(host::endsWith);
  }

  private static boolean isPrivate(String literal) {
    try {
      // Nothing is looked up for a literal.
      InetAddress address = InetAddress.getByName(literal);
      byte[] bytes = address.getAddress();
      boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
      boolean overlay = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
      return address.isLoopbackAddress()
          || address.isSiteLocalAddress()
          || address.isLinkLocalAddress()
          || uniqueLocal
          || overlay;
    } catch (UnknownHostException noLiteral) {
      return false;
    }
  }
}
