package org.jarvis.safety.command.grammar;

/** A form that cannot be read. The reader of the file adds where. */
final class SynopsisProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SynopsisProblem(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
