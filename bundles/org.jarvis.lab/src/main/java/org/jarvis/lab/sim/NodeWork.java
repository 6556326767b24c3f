package org.jarvis.lab.sim;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reboots nodes, shuts them down and wakes them, and starts and stops their services. */
public final class NodeWork {

  /** A node answers, and acts a little later. */
  private static final Duration UNTIL_IT_BEGINS = ofSeconds(2);

  private static final Duration UNTIL_GUESTS_ARE_OFF = ofSeconds(10);
  private static final Duration UNTIL_OFF = ofSeconds(12);
  private static final Duration BOOT = ofSeconds(35);
  private static final Set<String> ESSENTIAL = Set.of("pve-cluster", "pvedaemon", "pveproxy");

  private final SimulatedCluster cluster;
  private final Map<String, Instant> renewed = new HashMap<>();

  NodeWork(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  /** Shuts a node down, its guests first; and lets it boot again, or not. */
  public void goDown(String node, boolean andBoot) {
    cluster.locked(
        () -> {
          cluster.agenda().after(UNTIL_IT_BEGINS, () -> stopGuests(node));
          cluster
              .agenda()
              .after(
                  UNTIL_OFF,
                  () -> {
                    cluster.switchOff(node);
                    if (andBoot) {
                      cluster.agenda().after(BOOT, () -> boot(node));
                    }
                  });
          return node;
        });
  }

  private void stopGuests(String node) {
    if (!cluster.isOnline(node)) {
      return;
    }
    cluster.beginWithoutLock(
        node,
        "stopall",
        "",
        0,
        TaskOwner.ROOT,
        () -> {
          Plan.Builder steps = Plan.of();
          Duration at = Duration.ZERO;
          for (Guest guest : cluster.guestsOn(node)) {
            if (guest.running()) {
              int vmid = guest.vmid();
              String label = guest.spec().kind().label() + " " + vmid;
              steps.log(at, "Stopping " + label + " (timeout = 180 seconds)");
              steps.effect(
                  at.plusSeconds(3),
                  () ->
                      cluster
                          .guests()
                          .change(vmid, found -> found.stopped(cluster.agenda().now())));
              at =
                  at.plusMillis(100).compareTo(UNTIL_GUESTS_ARE_OFF.minusSeconds(4)) > 0
                      ? at
                      : at.plusMillis(100);
            }
          }
          return steps.ends(UNTIL_GUESTS_ARE_OFF.minusSeconds(1), "OK");
        });
  }

  private void boot(String node) {
    if (!cluster.switchOn(node)) {
      return;
    }
    cluster.beginWithoutLock(
        node,
        "startall",
        "",
        0,
        TaskOwner.ROOT,
        () -> {
          Plan.Builder steps = Plan.of();
          Duration at = ofSeconds(1);
          for (Guest guest : cluster.guestsOn(node)) {
            if (guest.startsAtBoot() && !guest.running() && guest.lock() == null) {
              GuestAddress address = new GuestAddress(guest.spec().kind(), node, guest.vmid());
              steps.log(at, "Starting " + address.label());
              steps.effect(at, () -> cluster.startFor(address, TaskOwner.ROOT));
              at = at.plusMillis(500);
            }
          }
          return steps.ends(at.plusSeconds(1), "OK");
        });
  }

  /**
   * Sends a node the packet that wakes it, also one that died. Where it is on, nothing comes of it.
   *
   * @param asked the member that sends it
   * @return the hardware address that it was sent to
   */
  public String wake(String node, String asked) throws Refusal {
    return cluster.deciding(
        () -> {
          if (node.equals(asked)) {
            throw new Refusal("'" + node + "' is local node, cannot wake my self!");
          }
          new Checks(cluster).knownNode(node);
          if (cluster.isSwitchedOff(node)) {
            cluster.agenda().after(BOOT, () -> boot(node));
          } else if (cluster.isDead(node)) {
            cluster.agenda().after(BOOT, () -> cluster.boot(node));
          }
          return "D8:5E:D3:00:%02X:01".formatted(Math.floorMod(node.hashCode(), 256));
        });
  }

  /** A node gets a new certificate, which is valid from now on. */
  public void renewCertificate(String node) {
    cluster.locked(
        () -> {
          cluster.troubles().end(Troubles.Kind.CERTIFICATE_EXPIRING, node);
          return renewed.put(node, cluster.agenda().now());
        });
  }

  /** When a node got its certificate, where that was since the simulation began. */
  public Optional<Instant> certifiedAt(String node) {
    return cluster.locked(() -> Optional.ofNullable(renewed.get(node)));
  }

  /** A node's root disk is rid of what it can do without. */
  public void cleaned(String node) {
    cluster.troubles().end(Troubles.Kind.NODE_ROOT_FULL, node);
  }

  /** Starts, stops, restarts or reloads a service that the node knows. */
  public Upid service(String node, String id, String verb, TaskOwner owner) {
    return cluster.locked(
        () ->
            cluster.beginWithoutLock(
                node,
                "srv" + verb,
                id,
                0,
                owner,
                () -> {
                  Optional<NodeService> found = cluster.serviceTable().find(node, id);
                  if (ESSENTIAL.contains(id) && verb.equals("stop")) {
                    throw new TaskFailure(
                        "invalid service cmd '%s %s': refusing to stop essential service!"
                            .formatted(id, verb));
                  }
                  if (found.isEmpty() || !found.get().installed()) {
                    throw new TaskFailure(
                        "command 'systemctl %s %s' failed: exit code 5".formatted(verb, id));
                  }
                  return changing(node, found.get(), verb);
                }));
  }

  /**
   * What {@code systemctl} does to a service, at once; the journal tells of it.
   *
   * @param host a node, or a guest by {@code guest/} and its number
   * @param verb {@code start}, {@code stop}, {@code restart} or {@code reload}
   */
  public void unit(String host, NodeService service, String verb) {
    cluster.locked(
        () -> {
          Instant now = cluster.agenda().now();
          boolean stops = List.of("stop", "restart").contains(verb) && service.running();
          boolean starts = verb.equals("restart") || (verb.equals("start") && !service.running());
          if (stops) {
            cluster.journal().unitStops(host, service, now);
            cluster.serviceTable().put(host, service.rests());
          }
          if (starts) {
            cluster.journal().unitStarts(host, service, now);
            cluster.serviceTable().put(host, service.runs());
            cluster.served(host, service.id());
          }
          return verb;
        });
  }

  private Plan changing(String node, NodeService service, String verb) {
    Plan.Builder steps = Plan.of();
    boolean stops = List.of("stop", "restart").contains(verb);
    boolean starts = List.of("start", "restart").contains(verb);
    if (stops) {
      steps.effect(ofMillis(300), () -> cluster.serviceTable().put(node, service.rests()));
    }
    if (starts) {
      steps.effect(
          ofMillis(900),
          () -> {
            cluster.serviceTable().put(node, service.runs());
            cluster.served(node, service.id());
          });
    }
    return steps.ends(ofSeconds(1), "OK");
  }
}
