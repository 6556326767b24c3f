package org.jarvis.gateway.socket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Resource;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.ResourceEncoder;

/**
 * All clusters as a page shows them at one moment, and what differs between two such moments.
 * Immutable by convention: nobody changes the nodes after it is made.
 *
 * @param clusters the clusters by address
 * @param resources everything in them by address
 * @param observed when each source last answered
 */
record ClusterView(
    Map<String, ObjectNode> clusters, Map<String, ObjectNode> resources, ObjectNode observed) {
  private static final String REF = "ref";

  /** When something was read is no change; every frame tells it per source. */
  private static final String OBSERVED_AT = "observedAt";

  /** Keeps the maps from changing. */
  ClusterView {
    clusters = Collections.unmodifiableMap(clusters);
    resources = Collections.unmodifiableMap(resources);
  }

  /** Nothing at all. */
  static ClusterView empty() {
    return new ClusterView(Map.of(), Map.of(), Json.object());
  }

  /** These clusters, as this encoder tells them. */
  static ClusterView of(List<ClusterSnapshot> snapshots, ResourceEncoder encoder) {
    Map<String, ObjectNode> clusters = new LinkedHashMap<>();
    Map<String, ObjectNode> resources = new LinkedHashMap<>();
    ObjectNode observed = Json.object();
    for (ClusterSnapshot snapshot : snapshots) {
      snapshot
          .resources()
          .forEach(resource -> put(encoder, snapshot, resource, clusters, resources));
      ResourceEncoder.observedAt(snapshot.cluster().observation())
          .ifPresent(at -> observed.put(snapshot.cluster().observation().source(), at));
    }
    return new ClusterView(clusters, resources, observed);
  }

  private static void put(
      ResourceEncoder encoder,
      ClusterSnapshot snapshot,
      Resource resource,
      Map<String, ObjectNode> clusters,
      Map<String, ObjectNode> resources) {
    ObjectNode item = encoder.encode(resource, snapshot);
    String ref = resource.ref().toString();
    if (resource == snapshot.cluster()) {
      clusters.put(ref, item);
    } else {
      resources.put(ref, item);
    }
  }

  /** The body of a snapshot message. */
  void addTo(ObjectNode message) {
    message.putArray("clusters").addAll(clusters.values());
    message.putArray("resources").addAll(resources.values());
    message.set("observed", observed);
  }

  /** What a page that shows an earlier view has to change; empty when it shows this already. */
  Optional<ObjectNode> since(ClusterView earlier) {
    ArrayNode changed = Json.object().arrayNode();
    ArrayNode added = Json.object().arrayNode();
    ArrayNode removed = Json.object().arrayNode();
    ArrayNode changedClusters = Json.object().arrayNode();
    compare(earlier.resources, resources, changed, added, removed);
    compare(earlier.clusters, clusters, changedClusters, changedClusters, removed);
    if (changed.isEmpty() && added.isEmpty() && removed.isEmpty() && changedClusters.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode delta = Json.object();
    delta.set("changed", changed);
    delta.set("added", added);
    delta.set("removed", removed);
    if (!changedClusters.isEmpty()) {
      delta.set("clusters", changedClusters);
    }
    return Optional.of(delta);
  }

  private static void compare(
      Map<String, ObjectNode> before,
      Map<String, ObjectNode> after,
      ArrayNode changed,
      ArrayNode added,
      ArrayNode removed) {
    after.forEach(
        (ref, item) -> {
          ObjectNode old = before.get(ref);
          if (old == null) {
            added.add(item);
          } else {
            difference(ref, old, item).ifPresent(changed::add);
          }
        });
    before.keySet().stream().filter(ref -> !after.containsKey(ref)).forEach(removed::add);
  }

  private static Optional<ObjectNode> difference(String ref, ObjectNode old, ObjectNode item) {
    ObjectNode difference = Json.object().put(REF, ref);
    for (Map.Entry<String, JsonNode> member : item.properties()) {
      String field = member.getKey();
      if (!field.equals(OBSERVED_AT) && !member.getValue().equals(old.get(field))) {
        difference.set(field, member.getValue());
      }
    }
    ArrayNode unset = Json.object().arrayNode();
    old.fieldNames()
        .forEachRemaining(
            field -> {
              if (!item.has(field) && !field.equals(OBSERVED_AT)) {
                unset.add(field);
              }
            });
    if (!unset.isEmpty()) {
      difference.set("unset", unset);
    }
    return difference.size() == 1 ? Optional.empty() : Optional.of(difference);
  }
}
