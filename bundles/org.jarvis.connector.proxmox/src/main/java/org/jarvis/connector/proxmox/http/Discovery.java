package org.jarvis.connector.proxmox.http;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.resource.NodeName;
import org.jspecify.annotations.Nullable;

/**
 * What a member says of all members.
 *
 * @param teller the address of the member that says so
 * @param local which node that is
 * @param addresses the IP address of each node
 * @param online the nodes that are online
 */
public record Discovery(
    URI teller, @Nullable NodeName local, Map<NodeName, String> addresses, Set<NodeName> online) {
  /** Keeps the collections from changing. */
  public Discovery {
    addresses = Map.copyOf(addresses);
    online = Set.copyOf(online);
  }
}
