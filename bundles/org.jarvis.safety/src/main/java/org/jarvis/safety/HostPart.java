package org.jarvis.safety;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something of a host that the operator's configuration protects, by its name.
 *
 * @param host on which host, {@code null} for all
 * @param name its name
 */
record HostPart(@Nullable String host, String name) {
  /** Reads the values of a setting: {@code name} or {@code host/name}. */
  static Set<HostPart> read(String[] values) {
    Set<HostPart> parts = new LinkedHashSet<>();
    for (String entry : Entries.of(values)) {
      int slash = entry.indexOf('/');
      parts.add(
          slash < 0
              ? new HostPart(null, entry)
              : new HostPart(entry.substring(0, slash), entry.substring(slash + 1)));
    }
    return parts;
  }

  /** Those that are about this host; all of them for an empty name. */
  static Stream<HostPart> of(Set<HostPart> parts, String host) {
    return parts.stream()
        .filter(part -> host.isEmpty() || part.host() == null || part.host().equals(host));
  }

  /** The one of this host and name. */
  static Optional<HostPart> find(Set<HostPart> parts, String host, String name) {
    return of(parts, host).filter(part -> part.name().equals(name)).findFirst();
  }

  @Override
  public String toString() {
    return host == null ? name : host + "/" + name;
  }
}
