package org.jarvis.api.health;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says how one part of Jarvis is. Register it as a service; it appears in {@code /api/health} at
 * once and leaves with its bundle. Asked from several threads; must answer from memory.
 */
@ConsumerType
public interface HealthContributor {
  /** How the part is. */
  ComponentHealth health();
}
