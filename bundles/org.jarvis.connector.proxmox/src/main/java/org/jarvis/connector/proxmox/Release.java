package org.jarvis.connector.proxmox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which release of Proxmox VE a cluster runs, as far as its version tells: privileges have come,
 * gone and moved between them.
 *
 * @param major the number before the first dot, 0 while nobody knows
 */
record Release(int major) {
  /** Nobody knows. */
  static final Release UNKNOWN = new Release(0);

  private static final Pattern VERSION = Pattern.compile("([1-9][0-9]{0,2})(?:[.-].*)?");

  /** The release of a version such as {@code 9.2.11}. */
  static Release of(@Nullable String version) {
    if (version == null) {
      return UNKNOWN;
    }
    Matcher number = VERSION.matcher(version);
    return number.matches() ? new Release(Integer.parseInt(number.group(1))) : UNKNOWN;
  }

  /** Whether it may be one before this. */
  boolean maybeBefore(int other) {
    return major < other;
  }

  /** Whether it may be this or a later one. */
  boolean maybeSince(int other) {
    return major == 0 || major >= other;
  }
}
