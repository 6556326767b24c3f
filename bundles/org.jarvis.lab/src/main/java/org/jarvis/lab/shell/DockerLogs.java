package org.jarvis.lab.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.lab.sim.DockerContainer;

/** What Docker containers write: a function of container and time, so that nothing is kept. */
final class DockerLogs {

  private static final long EVERY_SECONDS = 97;
  private static final int MOST = 2000;

  private DockerLogs() {}

  static List<String> of(DockerContainer container, Instant from, Instant to, boolean stamped) {
    List<String> lines = new ArrayList<>();
    Instant begin =
        container.running()
            ? container.changedAt()
            : container.changedAt().minus(Duration.ofMinutes(6));
    Instant end =
        container.running() || to.isBefore(container.changedAt()) ? to : container.changedAt();
    if (!begin.isBefore(from)) {
      add(lines, begin, stamped, container.name() + " is starting");
    }
    long first = Math.max(begin.getEpochSecond(), from.getEpochSecond()) / EVERY_SECONDS + 1;
    long last = end.getEpochSecond() / EVERY_SECONDS;
    for (long beat = Math.max(first, last - MOST); beat <= last; beat++) {
      Instant at = Instant.ofEpochSecond(beat * EVERY_SECONDS);
      if (!at.isBefore(from) && !at.isBefore(begin)) {
        add(lines, at, stamped, message(container, beat));
      }
    }
    if (!container.running() && container.exitCode() != 0) {
      add(lines, end, stamped, "received SIGTERM, shutting down");
    }
    return lines;
  }

  private static String message(DockerContainer container, long beat) {
    int draw =
        Math.floorMod(Long.hashCode(beat * 2_654_435_761L) ^ container.name().hashCode(), 100);
    if (draw < 3) {
      return "ERROR upstream did not answer within 10s, trying again";
    }
    if (draw < 10) {
      return "WARN slow request: " + (800 + draw * 97) + " ms";
    }
    return switch (container.name()) {
      case "traefik" ->
          "192.168.20.%d - \"GET / HTTP/2.0\" 200 %d".formatted(30 + draw % 40, 400 + draw * 31);
      case "vaultwarden" ->
          "[INFO] 192.168.20.%d GET /api/sync => 200 OK".formatted(30 + draw % 40);
      case "immich_postgres" -> "LOG:  checkpoint complete: wrote %d buffers".formatted(draw * 3);
      case "uptime-kuma" -> "[MONITOR] INFO: %d monitors up".formatted(17 + draw % 3);
      case "mosquitto" ->
          "%d: New client connected from 192.168.20.%d"
              .formatted(beat * EVERY_SECONDS, 30 + draw % 40);
      default -> "INFO all is well (" + draw + ")";
    };
  }

  private static void add(List<String> lines, Instant at, boolean stamped, String message) {
    lines.add(
        (stamped ? at.truncatedTo(ChronoUnit.SECONDS).plusNanos(412_381_907) + " " : "") + message);
  }
}
