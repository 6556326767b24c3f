package org.jarvis.api.safety;

import org.jarvis.api.auth.Principal;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Holds the {@link Guardrails}. They are durable, no tool and no preference reaches them, and every
 * change is in the audit log. The core provides the one service. Safe from any thread.
 */
@ProviderType
public interface GuardrailSettings {
  /**
   * What counts now, from memory. {@link Guardrails#STRICTEST} while the store that keeps them
   * cannot be read and nobody has set them in this life of Jarvis.
   */
  Guardrails current();

  /**
   * Sets them. Turning the kill switch on takes effect in memory at once, also where nothing can be
   * written, and is made durable as soon as that is possible. Everything else takes effect once it
   * is durable together with its audit record.
   *
   * @param next what counts from now on
   * @param principal who sets them: anybody but a person is refused with {@code PERSON_REQUIRED}
   * @param address the person's network address, for the record
   * @return whether it is durable yet; only turning the kill switch on can answer {@code false}
   * @throws org.jarvis.api.error.JarvisException with {@code PERSON_REQUIRED}, or with {@code
   *     STORAGE_UNAVAILABLE} where it could not be recorded and therefore does not count
   */
  boolean change(Guardrails next, Principal principal, String address);
}
