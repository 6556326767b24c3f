package org.jarvis.safety.command.grammar;

/** Why no form fits: the word up to which most could be understood, and what is wrong with it. */
public final class Complaint {
  private int furthest = -1;
  private String reason = "";

  /**
   * Notes that the argument at this index did not fit. The furthest is kept; of several for one
   * argument, one that says what is wrong with it rather than what it is not.
   */
  void add(int argument, String why) {
    boolean telling = argument == furthest && isVague(reason) && !isVague(why);
    if (argument > furthest || telling) {
      furthest = argument;
      reason = why;
    }
  }

  private static boolean isVague(String why) {
    return why.startsWith("is not ") || why.startsWith("is one word too many");
  }

  /** The index of the argument that is the reason; may be one past the last. */
  public int argument() {
    return Math.max(furthest, 0);
  }

  /** Why, as the end of a sentence that begins with that argument. */
  public String reason() {
    return reason;
  }
}
