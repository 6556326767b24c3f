package org.jarvis.api.host;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jarvis.api.resource.ClusterId;

/**
 * A host's name within a cluster. A node's is the node's name.
 *
 * @param cluster the cluster that it belongs to, or stands beside
 * @param name its name: letters, digits, dots and hyphens, none of them first but a letter or digit
 */
public record HostId(ClusterId cluster, String name) implements Comparable<HostId> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,62}");

  /** Refuses a name that could be taken for an option or an address. */
  public HostId {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A host's name has letters, digits, dots and hyphens, and begins with a letter or digit.");
    }
  }

  /** Reads {@code cluster/name}; empty when it is not well-formed. Never throws. */
  public static Optional<HostId> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new HostId(new ClusterId(text.substring(0, slash)), text.substring(slash + 1)));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(HostId other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return cluster + "/" + name;
  }
}
