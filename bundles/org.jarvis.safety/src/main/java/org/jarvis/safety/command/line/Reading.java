package org.jarvis.safety.command.line;

import java.util.List;

/** What came of reading a command. */
public sealed interface Reading {
  /**
   * All of it is understood.
   *
   * @param calls its programs, in their order; at least one
   */
  record Understood(List<Call> calls) implements Reading {
    /** Keeps the list from changing. */
    public Understood {
      calls = List.copyOf(calls);
    }
  }

  /**
   * Something in it could mean more than it says.
   *
   * @param reason which word or character, where, and why; for people
   * @param instead what would be accepted instead; for people
   */
  record Refused(String reason, String instead) implements Reading {}
}
