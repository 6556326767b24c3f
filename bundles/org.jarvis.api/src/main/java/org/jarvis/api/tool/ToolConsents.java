package org.jarvis.api.tool;

import org.jarvis.api.auth.Principal;
import org.osgi.annotation.versioning.ProviderType;

/**
 * People's consent to what an extension's tool says of itself. Whoever consented to an extension
 * consented to its tools as they were then; when one comes with another definition or from another
 * bundle - a later version by the same signer, say - it stays unavailable until a person consents
 * again. The core provides the one service. Safe from any thread.
 */
@ProviderType
public interface ToolConsents {
  /**
   * Takes a person's consent to a tool as it is now.
   *
   * @param tool its name
   * @param person who consents: anybody but a person is refused with {@code PERSON_REQUIRED}
   * @throws org.jarvis.api.error.JarvisException with {@code PERSON_REQUIRED}, {@code
   *     UNKNOWN_TOOL}, {@code CONFLICT} where none is needed, or {@code STORAGE_UNAVAILABLE}
   */
  void consent(String tool, Principal person);
}
