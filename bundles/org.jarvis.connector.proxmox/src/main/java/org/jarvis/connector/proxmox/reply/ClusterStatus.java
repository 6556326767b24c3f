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
 * @param addresses the IP address of each member, as far as told; not checked
 * @param local the member that told, {@code null} when it did not say
 * @param quorumUnknown why it is not known whether it has quorum, {@code null} when it is
 */
public record ClusterStatus(
    @Nullable String name,
    @Nullable Boolean quorate,
    @Nullable Integer votes,
    @Nullable Integer expectedVotes,
    Map<NodeName, Boolean> online,
    Map<NodeName, String> addresses,
    @Nullable NodeName local,
    @Nullable String quorumUnknown) {
  private static final int CLUSTER_STATUS_LIMIT = 1000;
  private static final String NOT_SAID = "/cluster/status does not say it.";

  /** Keeps the maps from changing. */
  public ClusterStatus {
    online = Map.copyOf(online);
    addresses = Map.copyOf(addresses);
  }

  /** What is known when it could not be read, for this reason. */
  public static ClusterStatus unknown(String reason) {
    return new ClusterStatus(null, null, null, null, Map.of(), Map.of(), null, reason);
  }

  /** Reads the reply's data. */
  public static ClusterStatus read(JsonNode data, Oddities oddities) {
    Row cluster = null;
    boolean odd = false;
    Map<NodeName, Boolean> online = new LinkedHashMap<>();
    Map<NodeName, String> addresses = new LinkedHashMap<>();
    NodeName local = null;
    for (Row row : Row.list(data, "cluster status", CLUSTER_STATUS_LIMIT, oddities)) {
      String type = row.identifier("type");
      if ("cluster".equals(type)) {
        cluster = row;
      } else if ("node".equals(type)) {
        odd |= !readNode(row, online, oddities);
        NodeName name = Identifiers.node(row.identifier("name"));
        String address = row.identifier("ip");
        if (name != null && address != null) {
          addresses.putIfAbsent(name, address);
        }
        local = name != null && Boolean.TRUE.equals(row.flag("local")) ? name : local;
      } else {
        odd = true;
        oddities.add("cluster status: an entry of type " + type + " was left out");
      }
    }
    if (cluster == null) {
      // A node on its own has no entry for a cluster and is always quorate; but an entry that could
      // not be understood may have been the cluster's.
      boolean alone = !odd && online.size() == 1;
      return new ClusterStatus(
          null,
          alone ? Boolean.TRUE : null,
          null,
          null,
          online,
          addresses,
          local,
          alone ? null : NOT_SAID);
    }
    return ofCluster(cluster, online, addresses, local);
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

  private static ClusterStatus ofCluster(
      Row cluster,
      Map<NodeName, Boolean> online,
      Map<NodeName, String> addresses,
      @Nullable NodeName local) {
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
        online,
        addresses,
        local,
        quorate == null ? NOT_SAID : null);
  }
}
