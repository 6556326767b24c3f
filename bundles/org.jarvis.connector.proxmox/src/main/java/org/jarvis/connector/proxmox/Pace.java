package org.jarvis.connector.proxmox;

import java.time.Duration;

/**
 * How fast the connector goes about its work.
 *
 * @param taskListInterval how often to look for tasks that others ended
 * @param versionInterval how often to ask for the version
 * @param followFirst the first pause between two looks at a task that is followed
 * @param followLongest the longest such pause
 * @param followPatience how long a followed task may be out of sight before following gives up
 * @param settlePatience how long a guest may take to look as a task left it
 */
record Pace(
    Duration taskListInterval,
    Duration versionInterval,
    Duration followFirst,
    Duration followLongest,
    Duration followPatience,
    Duration settlePatience) {
  static final Pace DEFAULT =
      new Pace(
          Duration.ofSeconds(2),
          Duration.ofMinutes(10),
          Duration.ofMillis(300),
          Duration.ofSeconds(1),
          Duration.ofMinutes(2),
          Duration.ofSeconds(30));
}
