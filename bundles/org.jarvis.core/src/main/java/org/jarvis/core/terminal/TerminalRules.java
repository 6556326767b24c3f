package org.jarvis.core.terminal;

import java.time.Duration;

/**
 * What terminals are bound by.
 *
 * @param password whether opening asks for the person's password again
 * @param mostOfOne how many one person may have open
 * @param mostOfAll how many may be open in all
 * @param idleLimit how long nothing may be typed
 * @param recorded whether what they print is recorded
 * @param recordingLimit how large one recording may become, in bytes
 * @param recordingsLimit how large all together may become, in bytes
 * @param recordingsKept how long they are kept
 */
record TerminalRules(
    boolean password,
    int mostOfOne,
    int mostOfAll,
    Duration idleLimit,
    boolean recorded,
    long recordingLimit,
    long recordingsLimit,
    Duration recordingsKept) {
  /** Refuses what nobody can mean. */
  TerminalRules {
    within("most.per.person", mostOfOne, 1, 16);
    within("most.in.all", mostOfAll, 1, 64);
    within("idle.minutes", idleLimit.toMinutes(), 1, 24 * 60);
    within("recording.megabytes", recordingLimit >> 20, 1, 1024);
    within("recordings.megabytes", recordingsLimit >> 20, 1, 1024 * 1024);
    within("recordings.days", recordingsKept.toDays(), 1, 3650);
  }

  private static void within(String key, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "etc/org.jarvis.terminal.cfg: "
              + key
              + " must be a number from "
              + least
              + " to "
              + most
              + ", not "
              + value
              + ".");
    }
  }
}
