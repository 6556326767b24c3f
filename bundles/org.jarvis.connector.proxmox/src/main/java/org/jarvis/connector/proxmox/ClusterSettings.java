package org.jarvis.connector.proxmox;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.connector.proxmox.http.Access;

/**
 * A cluster's configuration, valid.
 *
 * @param id its short name
 * @param configuration the configuration's PID
 * @param addresses where its members answer, in the order in which to try them
 * @param access who Jarvis is to it, and it to Jarvis
 * @param whereabouts Jarvis's own place
 * @param pollInterval how often to read it
 */
record ClusterSettings(
    ClusterId id,
    String configuration,
    List<URI> addresses,
    Access access,
    Whereabouts whereabouts,
    Duration pollInterval) {
  ClusterSettings {
    addresses = List.copyOf(addresses);
  }

  /** What resources of this cluster name as their source. */
  String source() {
    return "pve:" + id;
  }
}
