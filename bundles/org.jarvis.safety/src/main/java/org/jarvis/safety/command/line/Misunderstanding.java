package org.jarvis.safety.command.line;

/** Ends the reading of a line at what is not understood. */
final class Misunderstanding extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Reading.Refused reading;

  Misunderstanding(String reason, String instead) {
    // Without a stack trace: hostile lines come by the thousand.
    super(reason, null, false, false);
    reading = new Reading.Refused(reason, instead);
  }

  Reading.Refused reading() {
    return reading;
  }
}
