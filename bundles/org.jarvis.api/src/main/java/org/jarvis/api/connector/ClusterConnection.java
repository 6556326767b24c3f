package org.jarvis.api.connector;

import java.time.Duration;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Whereabouts;

/**
 * A cluster, as a connector announces it.
 *
 * @param id the cluster's short name
 * @param configuration the PID of the configuration that names this cluster, by which the core
 *     knows which cluster a changed or deleted configuration spoke for
 * @param whereabouts what the configuration says about Jarvis's own place relative to it
 * @param account the account that the connector uses, named as in {@link TaskState#user()}; tells
 *     Jarvis's own tasks from others'
 * @param pollInterval how often observations come when nothing special happens
 * @param reader reads single things on demand
 * @param trust makes sure that the members are who they should be
 * @param operations changes things; never published as a service
 */
public record ClusterConnection(
    ClusterId id,
    String configuration,
    Whereabouts whereabouts,
    String account,
    Duration pollInterval,
    ClusterReader reader,
    ClusterTrust trust,
    ClusterOperations operations) {

  /** One whose members show no certificates. */
  public ClusterConnection(
      ClusterId id,
      String configuration,
      Whereabouts whereabouts,
      String account,
      Duration pollInterval,
      ClusterReader reader,
      ClusterOperations operations) {
    this(
        id,
        configuration,
        whereabouts,
        account,
        pollInterval,
        reader,
        ClusterTrust.NONE,
        operations);
  }
}
