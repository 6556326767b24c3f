package org.jarvis.safety.command.grammar;

/** Where a wrapped command runs. */
public enum Place {
  /** Where the command that wraps it runs. */
  HERE,
  /** Inside the guest that the command names. */
  GUEST,
  /** Inside the container that the command names. */
  CONTAINER
}
