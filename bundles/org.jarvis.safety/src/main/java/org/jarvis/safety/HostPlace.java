package org.jarvis.safety;

import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Resource;

/**
 * A host as its commands are judged.
 *
 * @param name its name; empty for one that is not known
 * @param sudo whether programs that need root are run through {@code sudo} there
 * @param resource what it is judged by: its node, the guest that it is, or the cluster
 * @param cluster the state of that cluster
 */
record HostPlace(String name, boolean sudo, Resource resource, ClusterSnapshot cluster) {
  /** Whether Jarvis knows the host. */
  boolean isKnown() {
    return !name.isEmpty();
  }
}
