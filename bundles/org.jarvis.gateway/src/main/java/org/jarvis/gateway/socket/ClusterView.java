package org.jarvis.gateway.socket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Map;
import org.jarvis.gateway.json.Json;

/**
 * All clusters as a page shows them at one moment. Two views that share their maps show the same.
 *
 * @param clusters the clusters by address
 * @param resources everything in them by address
 * @param observed when each source last answered
 * @param guests how many of the resources are guests
 */
record ClusterView(
    Map<String, ShownItem> clusters,
    Map<String, ShownItem> resources,
    ObjectNode observed,
    int guests) {

  /** Keeps the maps from changing. */
  static ClusterView of(
      Map<String, ShownItem> clusters,
      Map<String, ShownItem> resources,
      ObjectNode observed,
      int guests) {
    return new ClusterView(
        Collections.unmodifiableMap(clusters),
        Collections.unmodifiableMap(resources),
        observed,
        guests);
  }

  /** The same with sources that answered again. */
  ClusterView observedAgain(ObjectNode now) {
    return new ClusterView(clusters, resources, now, guests);
  }

  /** The members of a snapshot message, after those that every message has. */
  void addTo(StringBuilder out) {
    out.append(",\"clusters\":");
    addTo(out, clusters);
    out.append(",\"resources\":");
    addTo(out, resources);
    out.append(",\"observed\":").append(Json.text(observed));
  }

  private static void addTo(StringBuilder out, Map<String, ShownItem> items) {
    out.append('[');
    boolean first = true;
    for (ShownItem item : items.values()) {
      if (!first) {
        out.append(',');
      }
      first = false;
      item.addTo(out);
    }
    out.append(']');
  }
}
