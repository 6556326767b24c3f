package org.jarvis.lab.pve;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.lab.sim.ClusterSnapshot;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.GuestKind;
import org.jarvis.lab.sim.PowerOperation;
import org.jarvis.lab.sim.PowerRequest;
import org.jarvis.lab.sim.Refusal;
import org.jarvis.lab.sim.SimulatedCluster;
import org.jarvis.lab.sim.Troubles;

/** Lists, states, configurations and power of guests. */
final class GuestEndpoints {

  private final SimulatedCluster cluster;

  GuestEndpoints(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  List<Endpoint> all() {
    List<Endpoint> endpoints = new ArrayList<>();
    for (GuestKind kind : GuestKind.values()) {
      String list = "/nodes/{node}/" + kind.type();
      String one = list + "/{vmid}";
      Endpoint listing =
          Endpoint.get(list, (arguments, caller) -> list(kind, arguments, caller)).byWorker();
      endpoints.add(kind == GuestKind.QEMU ? listing.takes(Parameter.flag("full")) : listing);
      endpoints.add(
          Endpoint.get(one + "/status/current", (arguments, caller) -> current(kind, arguments))
              .byWorker()
              .needs("VM.Audit", "/vms/{vmid}"));
      endpoints.add(
          Endpoint.get(one + "/config", (arguments, caller) -> configuration(kind, arguments))
              .takes(Parameter.flag("current"), Parameter.text("snapshot"))
              .needs("VM.Audit", "/vms/{vmid}"));
      for (PowerOperation operation : PowerOperation.values()) {
        endpoints.add(
            Endpoint.post(
                    one + "/status/" + operation.word(),
                    (arguments, caller) -> power(kind, operation, arguments, caller))
                .takes(parameters(kind, operation))
                .needs("VM.PowerMgmt", "/vms/{vmid}"));
      }
    }
    return endpoints;
  }

  private static Parameter[] parameters(GuestKind kind, PowerOperation operation) {
    boolean machine = kind == GuestKind.QEMU;
    List<Parameter> parameters = new ArrayList<>();
    switch (operation) {
      case START -> {
        parameters.add(Parameter.flag("skiplock"));
        if (machine) {
          parameters.add(Parameter.whole("timeout"));
          for (String text :
              List.of(
                  "force-cpu",
                  "machine",
                  "migratedfrom",
                  "migration_network",
                  "nets-host-mtu",
                  "stateuri",
                  "targetstorage")) {
            parameters.add(Parameter.text(text));
          }
          parameters.add(Parameter.flag("with-conntrack-state"));
          parameters.add(Parameter.oneOf("migration_type", false, "secure", "insecure"));
        } else {
          parameters.add(Parameter.flag("debug"));
        }
      }
      case SHUTDOWN -> {
        parameters.add(Parameter.whole("timeout"));
        parameters.add(Parameter.flag("forceStop"));
        if (machine) {
          parameters.add(Parameter.flag("keepActive"));
          parameters.add(Parameter.flag("skiplock"));
        }
      }
      case STOP -> {
        parameters.add(Parameter.flag("overrule-shutdown"));
        parameters.add(Parameter.flag("skiplock"));
        if (machine) {
          parameters.add(Parameter.flag("keepActive"));
          parameters.add(Parameter.text("migratedfrom"));
          parameters.add(Parameter.whole("timeout"));
        }
      }
      case REBOOT -> parameters.add(Parameter.whole("timeout"));
    }
    return parameters.toArray(Parameter[]::new);
  }

  private List<Map<String, Object>> list(GuestKind kind, Arguments arguments, Caller caller) {
    ClusterSnapshot snapshot = cluster.snapshot();
    Instant now = snapshot.moment();
    return snapshot.guestsOn(arguments.required("node")).stream()
        .filter(guest -> guest.spec().kind() == kind)
        .filter(guest -> caller.may("VM.Audit", "/vms/" + guest.vmid()))
        .map(guest -> GuestRows.listed(guest, cluster.figures().guest(guest, now), now))
        .toList();
  }

  private Map<String, Object> current(GuestKind kind, Arguments arguments) throws PveError {
    Guest guest = existing(kind, arguments);
    Instant now = cluster.snapshot().moment();
    boolean failed =
        cluster.troubles().on(Troubles.Kind.GUEST_IO_ERROR, String.valueOf(guest.vmid()));
    return GuestRows.current(guest, cluster.figures().guest(guest, now), now, failed);
  }

  private Map<String, Object> configuration(GuestKind kind, Arguments arguments) throws PveError {
    Guest guest = existing(kind, arguments);
    return arguments.flag("current") ? GuestConfigs.current(guest) : GuestConfigs.of(guest);
  }

  private Guest existing(GuestKind kind, Arguments arguments) throws PveError {
    return existing(cluster, kind, arguments);
  }

  /** The guest of a path, or the error that names the configuration file that is not there. */
  static Guest existing(SimulatedCluster cluster, GuestKind kind, Arguments arguments)
      throws PveError {
    String node = arguments.required("node");
    int vmid = arguments.vmid();
    return cluster
        .guest(kind, node, vmid)
        .orElseThrow(
            () ->
                PveError.internal(
                    "Configuration file '" + kind.configPath(node, vmid) + "' does not exist"));
  }

  private String power(GuestKind kind, PowerOperation operation, Arguments arguments, Caller caller)
      throws PveError {
    if (arguments.flag("skiplock")) {
      // Root's own session may; no token is that, not even one of root's.
      throw PveError.parameters(Map.of("skiplock", "Only root may use this option."));
    }
    Optional<Duration> timeout =
        operation == PowerOperation.START
            ? Optional.empty()
            : arguments.text("timeout").map(Long::parseLong).map(Duration::ofSeconds);
    PowerRequest request =
        new PowerRequest(
            kind,
            arguments.required("node"),
            arguments.vmid(),
            operation,
            timeout,
            arguments.flag("forceStop"));
    try {
      return cluster.power(request, caller.token().user(), caller.token().name()).toString();
    } catch (Refusal refusal) {
      throw PveError.internal(refusal.text());
    }
  }
}
