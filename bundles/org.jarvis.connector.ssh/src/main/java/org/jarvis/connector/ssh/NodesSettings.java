package org.jarvis.connector.ssh;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.host.HostId;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;

/**
 * How the nodes of a cluster are reached.
 *
 * @param cluster which cluster
 * @param configuration the configuration's PID
 * @param source its file, as its operator knows it
 * @param port the usual port
 * @param account who Jarvis is on all of them
 * @param addresses where a node is reached that is not reached where the cluster says
 * @param pins the fingerprints that the key of a node may have
 * @param pinsOfAll those that the key of any may have
 * @param limits how much is asked of each
 */
record NodesSettings(
    ClusterId cluster,
    String configuration,
    String source,
    int port,
    Account account,
    Map<NodeName, HostAddress> addresses,
    Map<NodeName, Set<String>> pins,
    Set<String> pinsOfAll,
    Limits limits) {
  NodesSettings {
    addresses = Map.copyOf(addresses);
    pins = Map.copyOf(pins);
    pinsOfAll = Set.copyOf(pinsOfAll);
  }

  /** One of the nodes as a host, at this address unless the configuration has another for it. */
  HostSettings host(NodeName node, HostAddress discovered) {
    HostAddress address = addresses.getOrDefault(node, discovered);
    Integer ownPort = address.port();
    Set<String> allowed = new LinkedHashSet<>(pinsOfAll);
    allowed.addAll(pins.getOrDefault(node, Set.of()));
    return new HostSettings(
        new HostId(cluster, node.value()),
        configuration,
        source,
        ResourceRef.node(cluster, node),
        address.host(),
        ownPort == null ? port : ownPort,
        account,
        allowed,
        limits);
  }
}
