package org.jarvis.lab.shell;

/** A command line that the shell does not understand; the message is what it says. */
final class SyntaxError extends Exception {

  private static final long serialVersionUID = 1L;

  SyntaxError(String message) {
    super(message, null, false, false);
  }

  String said() {
    return String.valueOf(getMessage());
  }

  static SyntaxError unexpected(String token) {
    return new SyntaxError("syntax error near unexpected token `" + token + "'");
  }
}
