package org.jarvis.lab.sim;

import java.time.Instant;

/**
 * A Docker container in a guest.
 *
 * @param id 64 hexadecimal digits
 * @param name its name
 * @param image what it runs
 * @param command the command in it
 * @param ports as {@code docker ps} writes them
 * @param project of which compose project, or empty
 * @param checked whether it tells its health
 * @param createdAt when it was made
 * @param running whether it runs
 * @param changedAt when it was last started or ended
 * @param exitCode with what it ended, meaningless while it runs
 */
public record DockerContainer(
    String id,
    String name,
    String image,
    String command,
    String ports,
    String project,
    boolean checked,
    Instant createdAt,
    boolean running,
    Instant changedAt,
    int exitCode) {

  DockerContainer changed(boolean nowRunning, Instant at, int code) {
    return new DockerContainer(
        id, name, image, command, ports, project, checked, createdAt, nowRunning, at, code);
  }
}
