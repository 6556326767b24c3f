package org.jarvis.api.resource.detail;

import java.util.Map;
import java.util.Set;

/**
 * What the account of a connector may do.
 *
 * @param byPath the privileges by path, such as {@code /vms} to {@code VM.Audit}; they hold for
 *     what lies below, too, where nothing narrower is named
 */
public record Privileges(Map<String, Set<String>> byPath) implements Detail {
  /** Keeps the collections from changing. */
  public Privileges {
    byPath = Map.copyOf(byPath);
  }

  @Override
  public Aspect aspect() {
    return Aspect.PRIVILEGES;
  }
}
