package org.jarvis.connector.ssh;

import java.time.Duration;

/**
 * How much Jarvis asks of one host.
 *
 * @param connections connections for commands at a time, each of which carries one
 * @param terminals terminals at a time, each with a connection of its own
 * @param connectTime how long a connection may take until it stands, login included
 * @param idleTime how long a connection is kept that nothing uses
 */
record Limits(int connections, int terminals, Duration connectTime, Duration idleTime) {
  static final Limits DEFAULT = new Limits(8, 8, Duration.ofSeconds(10), Duration.ofMinutes(5));
}
