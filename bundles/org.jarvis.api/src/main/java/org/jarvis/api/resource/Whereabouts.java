package org.jarvis.api.resource;

/**
 * What Jarvis knows about its own place relative to a cluster. Until it knows, it stops, reboots
 * and migrates nothing there: it might pull its own plug.
 */
public sealed interface Whereabouts {
  /** Nothing is known yet. */
  record Unknown() implements Whereabouts {}

  /** Jarvis runs outside this cluster, as the operator stated. */
  record Outside() implements Whereabouts {}

  /**
   * Jarvis runs in a guest of this cluster.
   *
   * @param guest that guest
   */
  record InGuest(GuestId guest) implements Whereabouts {}
}
