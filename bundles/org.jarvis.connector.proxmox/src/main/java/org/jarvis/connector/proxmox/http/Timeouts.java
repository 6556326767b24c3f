package org.jarvis.connector.proxmox.http;

import java.time.Duration;

/**
 * How long to wait for a member.
 *
 * @param connect until it accepts a connection
 * @param answer until a read begins to be answered, the connection included
 * @param whole until a read is answered wholly
 * @param write until a write is answered; longer, because giving up leaves its effect unknown
 */
public record Timeouts(Duration connect, Duration answer, Duration whole, Duration write) {
  /** Right for a local network, with a node that is busy but alive. */
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(3),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15));
}
