package org.jarvis.connector.proxmox.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jarvis.api.resource.NodeName;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /cluster/status} tells.
 *
 * @param name the cluster's own name; {@code null} for a single node
 * @param quorate whether it has quorum
 * @param votes votes present
 * @param expectedVotes votes that there should be
 * @param online each member, and whether it is online
 */
public record ClusterStatus(
    @Nullable String name,
    @Nullable Boolean quorate,
    @Nullable Integer votes,
    @Nullable Integer expectedVotes,
    Map<NodeName, Boolean> online) {
  /** Keeps the map from changing. */
  public ClusterStatus {
    online = Map.copyOf(online);
  }

  /** What is known when it could not be read. */
  public static ClusterStatus unknown() {
    return new ClusterStatus(null, null, null, null, Map.of());
  }

  /** Reads the reply's data. */
  public static ClusterStatus read(JsonNode data, Oddities oddities) {
    Row cluster = null;
    boolean odd = false;
    Map<NodeName, Boolean> online = new LinkedHashMap<>();
    for (Row row : Row.list(data, "cluster status", oddities)) {
      String type = row.identifier("type");
      if ("cluster".equals(type)) {
        cluster = row;
      } else if ("node".equals(type)) {
        odd |= !readNode(row, online, oddities);
      } else {
        odd = true;
        oddities.add("cluster status: an entry of type " + type + " was left out");
      }
    }
    if (cluster == null) {
      // A node on its own has no entry for a cluster and is always quorate; but an entry that could
      // not be understood may have been the cluster's.
      boolean alone = !odd && online.size() == 1;
      return new ClusterStatus(null, alone ? Boolean.TRUE : null, null, null, online);
    }
    return ofCluster(cluster, online);
  }

  private static boolean readNode(Row row, Map<NodeName, Boolean> online, Oddities oddities) {
    NodeName name = Identifiers.node(row.identifier("name"));
    Boolean up = row.flag("online");
    if (name == null || up == null) {
      oddities.add("cluster status: a node has no usable name or state: " + row.text("name"));
    } else {
      online.putIfAbsent(name, up);
    }
    return name != null && up != null;
  }

  private static ClusterStatus ofCluster(Row cluster, Map<NodeName, Boolean> online) {
    Boolean quorate = cluster.flag("quorate");
    Integer expected = cluster.smallCount("nodes");
    int present = (int) online.values().stream().filter(up -> up).count();
    // The reply counts nodes. With one vote each, that is the votes; where the outcome contradicts
    // it, some have another weight or a device votes too, and then nothing is known of votes.
    boolean oneEach =
        quorate != null
            && expected != null
            && expected >= online.size()
            && quorate == (2L * present > expected);
    return new ClusterStatus(
        cluster.text("name"),
        quorate,
        oneEach ? Integer.valueOf(present) : null,
        oneEach ? expected : null,
        online);
  }
}
