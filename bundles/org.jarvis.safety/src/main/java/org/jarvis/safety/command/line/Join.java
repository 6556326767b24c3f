package org.jarvis.safety.command.line;

/** How a program is joined to the one before it. */
public enum Join {
  /** It is the first. */
  FIRST(""),
  /** It reads what the one before prints. */
  PIPE(" | "),
  /** It runs if the one before succeeded. */
  AND(" && "),
  /** It runs if the one before failed. */
  OR(" || "),
  /** It runs after the one before. */
  THEN("; ");

  private final String written;

  Join(String written) {
    this.written = written;
  }

  /** As the shell wants it, with blanks around. */
  String written() {
    return written;
  }
}
