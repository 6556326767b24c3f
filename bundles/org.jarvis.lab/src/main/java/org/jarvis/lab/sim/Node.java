package org.jarvis.lab.sim;

import java.time.Instant;

/**
 * A node at one moment, as the member that answers sees it.
 *
 * @param spec its hardware
 * @param bootedAt when it last booted
 * @param online whether the answering member reaches it
 */
public record Node(NodeSpec spec, Instant bootedAt, boolean online) {

  /** Its name. */
  public String name() {
    return spec.name();
  }
}
