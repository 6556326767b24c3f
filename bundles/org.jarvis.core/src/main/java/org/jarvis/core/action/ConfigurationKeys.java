package org.jarvis.core.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jarvis.api.connector.ConfigurationChange;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/**
 * The keys of a guest's configuration that tools may change: a closed list. What runs programs on
 * the node or reaches its devices and files ({@code hookscript}, {@code args}, {@code lxc.*},
 * {@code hostpci*}, {@code mp*}), disks and {@code protection} are not among them.
 */
final class ConfigurationKeys {
  /** Words for people; the others may change what a guest does. */
  private static final Set<String> WORDS = Set.of("description", "tags");

  private static final Set<String> SETTABLE =
      Set.of(
          "agent",
          "balloon",
          "boot",
          "cores",
          "cpulimit",
          "cpuunits",
          "description",
          "hostname",
          "memory",
          "name",
          "nameserver",
          "onboot",
          "ostype",
          "searchdomain",
          "shares",
          "sockets",
          "startup",
          "swap",
          "tablet",
          "tags",
          "timezone",
          "vcpus");

  private ConfigurationKeys() {}

  /** Whether a change touches nothing but words for people. */
  static boolean areWords(ConfigurationChange change) {
    return WORDS.containsAll(change.set().keySet()) && WORDS.containsAll(change.remove());
  }

  /**
   * Lets through what is on the list.
   *
   * @throws JarvisException with code {@code REFUSED}
   */
  static void check(ConfigurationChange change) {
    List<String> keys = new ArrayList<>(change.set().keySet());
    keys.addAll(change.remove());
    keys.removeAll(SETTABLE);
    if (!keys.isEmpty()) {
      throw new JarvisException(
          ErrorCode.REFUSED,
          "Tools do not change "
              + String.join(", ", keys)
              + " of a guest. Change it in Proxmox VE itself.");
    }
  }
}
