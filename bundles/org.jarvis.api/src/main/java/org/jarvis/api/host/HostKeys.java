package org.jarvis.api.host;

import org.jarvis.api.auth.Principal;
import org.osgi.annotation.versioning.ProviderType;

/** The host keys that people accepted. The core provides the one service, and keeps them. */
@ProviderType
public interface HostKeys {
  /**
   * Accepts the key that a host offers. In place of one that was accepted before, too; the audit
   * log has both.
   *
   * @param fingerprint the one that the person saw
   * @param person who accepts; only a person in a browser session may
   * @throws org.jarvis.api.error.JarvisException {@code PERSON_REQUIRED} for anybody else, {@code
   *     NOT_FOUND} for an unknown host, {@code CONFLICT} where the host does not offer that key any
   *     more, {@code STORAGE_UNAVAILABLE} where it cannot be recorded; then it is not accepted
   */
  void accept(HostId host, String fingerprint, Principal person);

  /**
   * Takes back the acceptance of whatever key was accepted.
   *
   * @throws org.jarvis.api.error.JarvisException as {@link #accept} does
   */
  void forget(HostId host, Principal person);
}
