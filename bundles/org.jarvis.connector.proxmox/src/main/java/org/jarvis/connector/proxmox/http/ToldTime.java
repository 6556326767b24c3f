package org.jarvis.connector.proxmox.http;

import java.time.Duration;
import org.jarvis.api.resource.NodeName;
import org.jspecify.annotations.Nullable;

/**
 * The time that a member tells, compared with Jarvis's.
 *
 * @param node which node it is, {@code null} while unknown
 * @param host where it answers
 * @param ahead how far its clock is ahead, negative where it is behind, in whole seconds
 * @param wrong whether that is so much that people have to be told
 */
public record ToldTime(@Nullable NodeName node, String host, Duration ahead, boolean wrong) {
  /** What people call it. */
  public String name() {
    return node == null ? host : node.value();
  }
}
