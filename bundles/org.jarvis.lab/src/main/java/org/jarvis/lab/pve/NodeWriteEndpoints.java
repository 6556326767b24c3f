package org.jarvis.lab.pve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jarvis.lab.sim.NodeService;
import org.jarvis.lab.sim.Refusal;
import org.jarvis.lab.sim.SimulatedCluster;
import org.jspecify.annotations.Nullable;

/** What switches nodes and their services on and off. */
final class NodeWriteEndpoints {

  private final SimulatedCluster cluster;

  NodeWriteEndpoints(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  List<Endpoint> all() {
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.add(
        Endpoint.post("/nodes/{node}/status", (arguments, caller) -> command(arguments))
            .takes(Parameter.oneOf("command", true, "reboot", "shutdown"))
            .needs("Sys.PowerMgmt", "/nodes/{node}"));
    endpoints.add(
        Endpoint.post("/nodes/{node}/wakeonlan", this::wake)
            .byAnyMember()
            .needs("Sys.PowerMgmt", "/nodes/{node}"));
    endpoints.add(
        Endpoint.post(
                "/nodes/{node}/certificates/acme/certificate",
                (arguments, caller) -> orderCertificate())
            .takes(Parameter.flag("force"))
            .needs("Sys.Modify", "/nodes/{node}"));
    for (String verb : List.of("start", "stop", "restart", "reload")) {
      endpoints.add(
          Endpoint.post(
                  "/nodes/{node}/services/{service}/" + verb,
                  (arguments, caller) -> service(verb, arguments, caller))
              .needs("Sys.Modify", "/nodes/{node}"));
    }
    return endpoints;
  }

  /** No node of the household has an account with an authority. */
  private static Object orderCertificate() throws PveError {
    throw PveError.parameters(Map.of("acme", "No ACME domains configured for this node"));
  }

  private @Nullable Object command(Arguments arguments) {
    cluster
        .works()
        .nodes()
        .goDown(arguments.required("node"), arguments.required("command").equals("reboot"));
    return null;
  }

  private Object wake(Arguments arguments, Caller caller) throws PveError {
    try {
      String asked = caller.member().orElseGet(() -> cluster.snapshot().local().name());
      return cluster.works().nodes().wake(arguments.required("node"), asked);
    } catch (Refusal refusal) {
      throw PveError.internal(refusal.text());
    }
  }

  private Object service(String verb, Arguments arguments, Caller caller) throws PveError {
    String node = arguments.required("node");
    String id = arguments.required("service");
    List<NodeService> known = cluster.services(node);
    if (known.stream().noneMatch(service -> service.id().equals(id))) {
      throw PveError.parameters(
          Map.of(
              "service",
              "value '%s' does not have a value in the enumeration '%s'"
                  .formatted(
                      id, known.stream().map(NodeService::id).collect(Collectors.joining(", ")))));
    }
    return cluster
        .works()
        .nodes()
        .service(node, id, verb, GuestWriteEndpoints.owner(caller))
        .toString();
  }
}
