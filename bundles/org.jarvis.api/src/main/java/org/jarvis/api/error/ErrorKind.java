package org.jarvis.api.error;

/** What an error means for whoever met it. The kind alone decides retry and HTTP status. */
public enum ErrorKind {
  /** The caller asked for something that cannot be; asking again unchanged cannot help. */
  USER,
  /** A rule forbids it, or a person's consent is missing. */
  POLICY,
  /** It may work in a moment: a time-out, an overload, a dependency that is restarting. */
  TRANSIENT,
  /** A system outside Jarvis answered with a failure of its own. */
  EXTERNAL,
  /** A fault of Jarvis. */
  INTERNAL
}
