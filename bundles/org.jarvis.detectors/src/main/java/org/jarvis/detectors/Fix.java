package org.jarvis.detectors;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.tool.Arguments;
import org.jspecify.annotations.Nullable;

/** The tool calls that remedies are made of. They always name the cluster. */
final class Fix {
  private static final String NODE = "node";

  private Fix() {}

  /** A call of the tool for this guest's type: {@code start} becomes {@code start_vm}. */
  static PlanRequest.Step guest(String verb, Guest guest, Map<String, Object> more) {
    return onGuest(verb + (guest.type() == GuestType.QEMU ? "_vm" : "_container"), guest, more);
  }

  /** A call of a tool that is there for guests of both types. */
  static PlanRequest.Step onGuest(String tool, Guest guest, Map<String, Object> more) {
    Map<String, @Nullable Object> values = address(guest.cluster(), guest.node());
    values.put("vmid", guest.id().value());
    values.putAll(more);
    return new PlanRequest.Step(tool, new Arguments(values));
  }

  /** A call of a tool for a node. */
  static PlanRequest.Step node(
      String tool, ClusterId cluster, NodeName node, Map<String, Object> more) {
    Map<String, @Nullable Object> values = address(cluster, node);
    values.putAll(more);
    return new PlanRequest.Step(tool, new Arguments(values));
  }

  private static Map<String, @Nullable Object> address(ClusterId cluster, NodeName node) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("cluster", cluster.value());
    values.put(NODE, node.value());
    return values;
  }

  /** Wakes a node. */
  static Remedy wake(Node node) {
    return wake("wake", node);
  }

  /** Wakes one node of several. */
  static Remedy wake(String id, Node node) {
    return Remedy.of(
        id,
        "Wake " + node.name(),
        "A packet over the network switches it on, where its hardware allows that; a node that"
            + " crashed or hangs does not react to it.",
        node("wake_node", node.cluster(), node.node(), Map.of()));
  }

  /** Restarts a service of a node. */
  static Remedy restartService(
      ClusterId cluster, NodeName node, String service, String explanation) {
    return Remedy.of(
        "restart",
        "Restart " + Words.name(service) + " on " + node,
        explanation,
        node("restart_service", cluster, node, Map.of("service", service)));
  }

  /** Starts a guest. */
  static Remedy start(Guest guest) {
    return Remedy.of(
        "start",
        "Start " + Words.name(guest.name()),
        "It starts with what is on its disks; what it had only in memory is lost already.",
        guest("start", guest, Map.of()));
  }

  /** Several calls, one after the other, of which the first alone makes sense, too. */
  static Remedy plan(
      String id,
      String title,
      String explanation,
      List<PlanRequest.Step> steps,
      boolean separable) {
    return new Remedy(id, title, explanation, steps, separable && steps.size() > 1);
  }
}
