package org.jarvis.safety.command.line;

/** The only redirections that a command may have: they lose output, or send it the same way. */
public enum Redirection {
  /** Errors go where the output goes. */
  ERRORS_TO_OUTPUT("2>&1"),
  /** The output is thrown away. */
  OUTPUT_AWAY(">/dev/null"),
  /** Errors are thrown away. */
  ERRORS_AWAY("2>/dev/null");

  private final String written;

  Redirection(String written) {
    this.written = written;
  }

  /** As the shell wants it. */
  String written() {
    return written;
  }
}
