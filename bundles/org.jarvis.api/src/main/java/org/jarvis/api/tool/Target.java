package org.jarvis.api.tool;

import org.jspecify.annotations.Nullable;

/**
 * A resource that a use touches.
 *
 * @param selector how it is found
 * @param touch what becomes of it
 * @param part the part of it that is meant, such as the unit of a node's service; {@code null} for
 *     the whole
 */
public record Target(TargetSelector selector, Touch touch, @Nullable String part) {
  /** A resource that is touched as a whole. */
  public Target(TargetSelector selector, Touch touch) {
    this(selector, touch, null);
  }
}
