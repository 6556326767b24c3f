package org.jarvis.api.connector;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Where connectors announce the clusters that they can reach. The core provides the one service.
 *
 * <p>This is how the one gate stays the only one: a connector <em>hands over</em> its writing
 * methods ({@link ClusterOperations}) here and publishes them nowhere. The core keeps them to
 * itself; only the executor of the action pipeline ever gets to use them.
 */
@ProviderType
public interface ClusterRegistry {
  /**
   * Announces a cluster. From now on it is expected, and shown as connecting until the first
   * observation comes. A cluster of another name that the same configuration spoke for before is
   * not shown any more: it was renamed, and its resources have other addresses now.
   *
   * @param connection what reaches the cluster
   * @return takes observations until it is closed
   * @throws org.jarvis.api.error.JarvisException with code {@code CONFLICT} when another attachment
   *     holds that cluster's name
   */
  Attachment attach(ClusterConnection connection);

  /**
   * Says that a configuration cannot be used as it is. The cluster that it last spoke for stays as
   * it was seen, with this reason, until the configuration attaches again or is deleted. Where it
   * spoke for none, one named by the last part of the PID is shown so, unless there is one. The
   * core learns by itself that a configuration was deleted, also while no connector runs.
   *
   * @param configuration its PID, as in {@link ClusterConnection#configuration()}
   * @param reason for people: file, key and what is expected. Never holds a value.
   */
  void unusable(String configuration, String reason);
}
