package org.jarvis.lab.sim;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The Docker containers in the guests that run them. Only what somebody changed is kept. The
 * methods are safe from any thread.
 */
public final class DockerWork {

  private static final Duration BOOT = Duration.ofSeconds(14);
  private static final int TERMINATED = 143;

  private record Kind(
      String name,
      String image,
      String command,
      String ports,
      String project,
      boolean checked,
      boolean running) {}

  private static final List<Kind> HOUSEHOLD =
      List.of(
          kind(
              "traefik",
              "traefik:v3.5",
              "/entrypoint.sh traefik",
              "0.0.0.0:80->80/tcp, [::]:80->80/tcp, 0.0.0.0:443->443/tcp, [::]:443->443/tcp",
              "proxy",
              false),
          kind(
              "portainer",
              "portainer/portainer-ce:2.33.3",
              "/portainer",
              "8000/tcp, 0.0.0.0:9443->9443/tcp, [::]:9443->9443/tcp",
              "portainer",
              false),
          kind(
              "vaultwarden",
              "vaultwarden/server:1.34.3",
              "/start.sh",
              "80/tcp",
              "vaultwarden",
              true),
          kind(
              "immich_server",
              "ghcr.io/immich-app/immich-server:v2.2.3",
              "tini -- /bin/bash -c start.sh",
              "0.0.0.0:2283->2283/tcp, [::]:2283->2283/tcp",
              "immich",
              true),
          kind(
              "immich_postgres",
              "ghcr.io/immich-app/postgres:14-vectorchord0.4.3",
              "docker-entrypoint.sh postgres",
              "5432/tcp",
              "immich",
              true),
          kind(
              "immich_redis",
              "valkey/valkey:8-bookworm",
              "docker-entrypoint.sh valkey-server",
              "6379/tcp",
              "immich",
              true),
          kind(
              "uptime-kuma",
              "louislam/uptime-kuma:1.23.17",
              "/usr/bin/dumb-init -- extra/entrypoint.sh",
              "0.0.0.0:3001->3001/tcp, [::]:3001->3001/tcp",
              "kuma",
              true),
          kind(
              "mosquitto",
              "eclipse-mosquitto:2.0.22",
              "/docker-entrypoint.sh mosquitto",
              "0.0.0.0:1883->1883/tcp, [::]:1883->1883/tcp",
              "mqtt",
              false),
          new Kind(
              "backup",
              "restic/restic:0.18.1",
              "/usr/bin/restic backup /data",
              "",
              "backup",
              false,
              false));

  private record Change(boolean running, Instant at, int exitCode) {}

  private final SimulatedCluster cluster;
  private final Map<Integer, Map<String, Change>> changes = new HashMap<>();

  DockerWork(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  private static Kind kind(
      String name, String image, String command, String ports, String project, boolean checked) {
    return new Kind(name, image, command, ports, project, checked, true);
  }

  /** The containers in a guest, in the order in which they were made; none where it is off. */
  public List<DockerContainer> of(int vmid) {
    return cluster.locked(
        () -> {
          Guest guest = cluster.guests().find(vmid);
          if (guest == null || guest.currentRun().isEmpty()) {
            return List.of();
          }
          Instant booted = guest.currentRun().get().from();
          List<DockerContainer> containers = new ArrayList<>();
          for (Kind kind : HOUSEHOLD) {
            containers.add(container(vmid, kind, booted));
          }
          return containers;
        });
  }

  private DockerContainer container(int vmid, Kind kind, Instant booted) {
    Change change = changes.getOrDefault(vmid, Map.of()).get(kind.name());
    Instant started = booted.plus(BOOT);
    Instant created =
        Instant.ofEpochSecond(
            booted.getEpochSecond() / 86_400 * 86_400
                - 86_400L * (3 + Math.floorMod(kind.name().hashCode(), 40)));
    DockerContainer usual =
        new DockerContainer(
            id(vmid, kind.name()),
            kind.name(),
            kind.image(),
            kind.command(),
            kind.ports(),
            kind.project(),
            kind.checked(),
            created,
            kind.running(),
            kind.running() ? started : lastNight(),
            0);
    if (change == null) {
      return usual;
    }
    // What somebody stopped stays so over a restart of the guest; the rest starts with it.
    Instant at = change.running() && change.at().isBefore(started) ? started : change.at();
    return usual.changed(change.running(), at, change.exitCode());
  }

  /** A backup runs every night, for some minutes. */
  private Instant lastNight() {
    long day = cluster.agenda().now().getEpochSecond() / 86_400 * 86_400;
    Instant night = Instant.ofEpochSecond(day + 2 * 3600 + 431);
    return night.isAfter(cluster.agenda().now()) ? night.minus(Duration.ofDays(1)) : night;
  }

  private static String id(int vmid, String name) {
    String half =
        UUID.nameUUIDFromBytes((vmid + name).getBytes(StandardCharsets.UTF_8))
            .toString()
            .replace("-", "");
    String other =
        UUID.nameUUIDFromBytes((name + vmid).getBytes(StandardCharsets.UTF_8))
            .toString()
            .replace("-", "");
    return HexFormat.of().formatHex(HexFormat.of().parseHex(half + other));
  }

  /** One of them, by its name or the beginning of its id. */
  public Optional<DockerContainer> find(int vmid, String word) {
    return of(vmid).stream()
        .filter(
            container ->
                container.name().equals(word)
                    || (word.length() >= 2 && container.id().startsWith(word)))
        .findFirst();
  }

  /** Starts or stops one; a restart is one after the other. */
  public void set(int vmid, String name, boolean running) {
    cluster.locked(
        () -> {
          Instant now = cluster.agenda().now();
          changes
              .computeIfAbsent(vmid, key -> new HashMap<>())
              .put(name, new Change(running, now, running ? 0 : TERMINATED));
          cluster
              .journal()
              .note(
                  "guest/" + vmid,
                  now,
                  "dockerd",
                  744,
                  "time=\"%s\" level=info msg=\"%s\" container=%s"
                      .formatted(now, running ? "container started" : "ignoring event", name));
          return name;
        });
  }
}
