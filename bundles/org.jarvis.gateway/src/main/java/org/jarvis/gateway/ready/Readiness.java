package org.jarvis.gateway.ready;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.gateway.Parts;
import org.jspecify.annotations.Nullable;

/**
 * Decides when Jarvis is ready, and says so line by line: when the server answers, every part is
 * there, every route is served and every configured cluster was read completely once, or ten
 * seconds after the server answers, with what is still missing. Before there is an account it says
 * the setup token too. Used by one thread.
 */
final class Readiness {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Parts parts;
  private final Supplier<Optional<String>> url;
  private final Predicate<String> answers;
  private final BooleanSupplier installed;
  private final Supplier<Optional<String>> unserved;
  private final Supplier<Set<String>> configured;
  private final Supplier<List<String>> remarks;
  private final Runnable opening;
  private final Clock clock;
  private final Consumer<String> line;
  private @Nullable Instant answeringSince;
  private boolean announced;
  private @Nullable Secret toldToken;

  /**
   * Readiness of these parts.
   *
   * @param url where the server listens
   * @param answers whether it answers there
   * @param installed whether all parts are installed; one that is not may bring a cluster with it
   * @param unserved tells of routes that are not served yet; costly, so it is asked last
   * @param configured the names of the configured clusters
   * @param remarks what people should know besides, each a line
   * @param opening hears that it is ready, before anybody else does
   * @param line prints a line
   */
  Readiness(
      Parts parts,
      Supplier<Optional<String>> url,
      Predicate<String> answers,
      BooleanSupplier installed,
      Supplier<Optional<String>> unserved,
      Supplier<Set<String>> configured,
      Supplier<List<String>> remarks,
      Runnable opening,
      Clock clock,
      Consumer<String> line) {
    this.parts = parts;
    this.url = url;
    this.answers = answers;
    this.installed = installed;
    this.unserved = unserved;
    this.configured = configured;
    this.remarks = remarks;
    this.opening = opening;
    this.clock = clock;
    this.line = line;
  }

  /** Looks again; whether everything has been said. */
  boolean step() {
    if (!announced) {
      url.get().ifPresent(this::tryToAnnounce);
    }
    return announced && tellSetupToken();
  }

  private void tryToAnnounce(String address) {
    if (answeringSince == null) {
      if (!answers.test(address)) {
        return;
      }
      answeringSince = clock.instant();
    }
    Set<String> clusters = configured.get();
    List<String> missing = missing(clusters);
    boolean patient = clock.instant().isBefore(answeringSince.plus(PATIENCE));
    if (missing.isEmpty() || !patient) {
      unserved.get().ifPresent(missing::add);
    }
    if (!missing.isEmpty() && patient) {
      return;
    }
    missing.forEach(line);
    if (clusters.isEmpty() && seen().isEmpty()) {
      line.accept(
          "No cluster is configured. Write etc/org.jarvis.connector.proxmox-<name>.cfg with the"
              + " keys name, addresses, token and tls.fingerprint; it is taken up at once.");
    }
    remarks.get().forEach(line);
    opening.run();
    line.accept("Jarvis is ready at " + address);
    announced = true;
  }

  private List<ClusterSnapshot> seen() {
    return parts.liveState().find().map(state -> state.clusters()).orElse(List.of());
  }

  private List<String> missing(Set<String> configuredNames) {
    List<String> missing = new ArrayList<>();
    if (!installed.getAsBoolean()) {
      missing.add("Not all parts of Jarvis are installed yet; its log tells why.");
    }
    parts
        .all()
        .forEach(
            part -> {
              if (part.find().isEmpty() && !missing.contains(part.absence())) {
                missing.add(part.absence());
              }
            });
    Set<String> unheard = new TreeSet<>(configuredNames);
    for (ClusterSnapshot snapshot : seen()) {
      Cluster cluster = snapshot.cluster();
      unheard.remove(cluster.id().value());
      if (cluster.connection() != Cluster.Connection.LIVE) {
        missing.add(
            "Cluster "
                + cluster.id()
                + " is not read yet: "
                + (cluster.reason() == null ? cluster.connection().word() : cluster.reason()));
      }
    }
    unheard.forEach(
        name ->
            missing.add(
                "Cluster " + name + " is configured, but its connector has not taken it up."));
    return missing;
  }

  /** Says the token when there is a new one; whether there will be no other. */
  private boolean tellSetupToken() {
    return parts
        .authenticator()
        .find()
        .map(
            authenticator -> {
              Optional<Secret> token = authenticator.setupToken();
              token.ifPresent(this::tellOnce);
              return token.isEmpty();
            })
        .orElse(false);
  }

  private void tellOnce(Secret token) {
    if (toldToken == null || !token.matches(toldToken)) {
      toldToken = token;
      line.accept("Setup token: " + token.reveal());
    }
  }
}
