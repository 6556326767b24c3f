package org.jarvis.safety.command.grammar;

/** A rule file that cannot be used: in which line, and why. */
public final class RuleProblem extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Says where and why.
   *
   * @param line the line of the file, from 1
   * @param reason what is wrong there, as a sentence
   */
  public RuleProblem(String file, int line, String reason) {
    super(file + ", line " + line + ": " + reason);
  }
}
