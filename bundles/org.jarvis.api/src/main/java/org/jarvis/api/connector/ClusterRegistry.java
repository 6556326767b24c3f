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
   * observation comes.
   *
   * @param connection what reaches the cluster
   * @return takes observations until it is closed
   * @throws org.jarvis.api.error.JarvisException with code {@code CONFLICT} when another attachment
   *     holds that cluster's name
   */
  Attachment attach(ClusterConnection connection);
}
