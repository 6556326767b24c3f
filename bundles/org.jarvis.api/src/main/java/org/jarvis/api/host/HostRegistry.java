package org.jarvis.api.host;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Where connectors announce the hosts that they can reach. The core provides the one service.
 *
 * <p>As with {@link org.jarvis.api.connector.ClusterRegistry}, a connector hands over what runs
 * commands here and publishes it nowhere: only the executor of the action pipeline, and a person's
 * own terminal, ever get to use it.
 */
@ProviderType
public interface HostRegistry {
  /**
   * Announces a host.
   *
   * @return takes news of it until it is detached
   * @throws org.jarvis.api.error.JarvisException with code {@code CONFLICT} when another attachment
   *     holds that name
   */
  HostAttachment attach(HostConnection connection);
}
