package org.jarvis.api.auth;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Told when a session or token ends, so that what was opened with it is closed too. Register it as
 * a service.
 */
@ConsumerType
public interface SessionListener {
  /** The session or token with this credential id has ended. Must return at once. */
  void sessionEnded(String credential);
}
