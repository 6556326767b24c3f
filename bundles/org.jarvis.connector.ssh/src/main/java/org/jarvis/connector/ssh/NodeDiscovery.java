package org.jarvis.connector.ssh;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.host.HostId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jspecify.annotations.Nullable;

/** Which hosts a cluster's nodes are, by what is known of the cluster. */
final class NodeDiscovery {
  private final NodesSettings settings;

  NodeDiscovery(NodesSettings settings) {
    this.settings = settings;
  }

  /** The hosts. A node without a known address is none yet. */
  Map<HostId, HostSettings> hosts(List<ClusterSnapshot> clusters) {
    Optional<ClusterSnapshot> found =
        clusters.stream()
            .filter(snapshot -> snapshot.cluster().id().equals(settings.cluster()))
            .findFirst();
    if (found.isEmpty()) {
      return Map.of();
    }
    Map<NodeName, HostAddress> addresses = addresses(found.get());
    Map<HostId, HostSettings> hosts = new LinkedHashMap<>();
    for (NodeName node : found.get().nodes().keySet()) {
      HostAddress address = addresses.get(node);
      if (address != null) {
        HostSettings host = settings.host(node, address);
        hosts.put(host.id(), host);
      }
    }
    return hosts;
  }

  /** Where the members answer the cluster's API, which a node's SSH server does as well. */
  private Map<NodeName, HostAddress> addresses(ClusterSnapshot snapshot) {
    Map<NodeName, HostAddress> addresses = new HashMap<>();
    snapshot
        .details(ResourceRef.cluster(settings.cluster()))
        .find(ConnectionDetail.class)
        .ifPresent(
            detail ->
                detail
                    .members()
                    .forEach(
                        member -> {
                          NodeName node = member.node();
                          HostAddress address = address(member.address());
                          if (node != null && address != null) {
                            addresses.putIfAbsent(node, address);
                          }
                        }));
    addresses.putAll(settings.addresses());
    return addresses;
  }

  private static @Nullable HostAddress address(String member) {
    try {
      String host = new URI(member).getHost();
      if (host == null) {
        return null;
      }
      String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
      return HostAddress.isHost(plain) ? new HostAddress(plain, null) : null;
    } catch (URISyntaxException malformed) {
      return null;
    }
  }
}
