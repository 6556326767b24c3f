package org.jarvis.console.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.console.HealthRound;
import org.jarvis.console.Parts;
import org.jspecify.annotations.Nullable;

/** How Jarvis is and what it watches, in words. What is missing is said in its place. */
final class StatusReport {
  private static final String INDENT = " ".repeat(17);
  private static final int BYTES_PER_KB = 1024;
  private static final String TRAFFIC =
      "Requests in the last minute: %d of the hot lane, %d of the slow lane, %d on demand; %d failed,"
          + " %d KB%s";

  private final Parts parts;
  private final Installation installation;
  private final Clock clock;

  StatusReport(Parts parts, Installation installation, Clock clock) {
    this.parts = parts;
    this.installation = installation;
    this.clock = clock;
  }

  void write(Lines lines) {
    Instant now = clock.instant();
    lines.add("Jarvis " + installation.version() + " (" + installation.mode() + ")");
    lines.add("Address", installation.address());
    lines.add("Data", installation.data());
    lines.add("Up for", Lines.words(Duration.between(installation.startedAt(), now)));
    lines.add(
        "Approvals",
        parts.gate().find().map(StatusReport::approvals).orElse(parts.gate().absence()));
    lines.add("");
    lines.add("Clusters:");
    parts
        .liveState()
        .find()
        .ifPresentOrElse(
            state -> clusters(state, now, lines),
            () -> lines.add("  " + parts.liveState().absence()));
    lines.add("");
    lines.add("Parts:");
    Collection<ComponentHealth> health = HealthRound.of(parts);
    for (ComponentHealth part : health) {
      lines.add(
          "  %-14s %-9s %s"
              .formatted(
                  part.name(), part.status().name().toLowerCase(Locale.ROOT), part.detail()));
    }
  }

  private static String approvals(ActionGate gate) {
    int waiting = gate.awaitingApproval().size();
    return waiting == 0 ? "none waits for a person" : waiting + " wait for a person";
  }

  private static void clusters(LiveState state, Instant now, Lines lines) {
    List<ClusterSnapshot> clusters = state.clusters();
    if (clusters.isEmpty()) {
      lines.add("  None is configured.");
    }
    for (ClusterSnapshot snapshot : clusters) {
      Cluster cluster = snapshot.cluster();
      lines.add(
          "  %-14s %s, %s, %d of %d nodes online, %d guests, %s old%s"
              .formatted(
                  cluster.id(),
                  cluster.status().word(),
                  cluster.connection().word(),
                  cluster.nodesOnline(),
                  cluster.nodesTotal(),
                  snapshot.guests().size(),
                  Lines.words(Duration.between(cluster.observation().at(), now)),
                  cluster.observation().staleAt(now) ? " (stale)" : ""));
      if (cluster.reason() != null) {
        lines.add(INDENT + cluster.reason());
      }
      cluster.warnings().forEach(warning -> lines.add(INDENT + warning));
      snapshot
          .details(cluster.ref())
          .find(ConnectionDetail.class)
          .ifPresent(connection -> connection(connection, now, lines));
    }
  }

  /** A second apart is as exact as it is known. */
  private static String clock(@Nullable Duration offset) {
    return offset == null || offset.abs().compareTo(Duration.ofSeconds(1)) <= 0
        ? ""
        : ", its clock is %s %s"
            .formatted(Lines.words(offset.abs()), offset.isNegative() ? "behind" : "ahead");
  }

  private static void connection(ConnectionDetail connection, Instant now, Lines lines) {
    for (ConnectionDetail.Member member : connection.members()) {
      String node = member.node() == null ? "" : " (" + member.node() + ")";
      String last =
          member.lastAnswer() == null
              ? ""
              : ", answered %s ago"
                  .formatted(Lines.words(Duration.between(member.lastAnswer(), now)));
      String next =
          member.nextAttempt() == null
              ? ""
              : ", asked again in %s"
                  .formatted(Lines.words(Duration.between(now, member.nextAttempt())));
      lines.add(
          INDENT
              + member.address()
              + node
              + " "
              + member.state().name().toLowerCase(Locale.ROOT)
              + last
              + next
              + clock(member.clockOffset()));
      if (member.reason() != null) {
        lines.add(INDENT + "  " + member.reason());
      }
    }
    ConnectionDetail.Traffic traffic = connection.traffic();
    lines.add(
        INDENT
            + TRAFFIC.formatted(
                traffic.hot(),
                traffic.slow(),
                traffic.demanded(),
                traffic.failed(),
                traffic.bytes() / BYTES_PER_KB,
                traffic.usualTime() == null
                    ? ""
                    : ", usually %d ms".formatted(traffic.usualTime().toMillis())));
  }
}
