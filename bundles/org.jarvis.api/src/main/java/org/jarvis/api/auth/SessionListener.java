package org.jarvis.api.auth;

import org.osgi.annotation.versioning.ConsumerType;

/** Told when a session ends, so that what it opened is closed too. Register it as a service. */
@ConsumerType
public interface SessionListener {
  /** The session with this credential id has ended. Must return at once. */
  void sessionEnded(String credential);
}
