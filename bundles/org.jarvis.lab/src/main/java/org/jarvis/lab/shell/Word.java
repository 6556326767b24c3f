package org.jarvis.lab.shell;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A word of a command line before expansion.
 *
 * @param pieces what it consists of, in order
 */
record Word(List<Piece> pieces) {

  /**
   * A piece of a word.
   *
   * @param text as it stands, or the name of a variable
   * @param quoted whether neither patterns nor a tilde in it mean anything
   * @param variable whether it stands for the value of a variable
   */
  record Piece(String text, boolean quoted, boolean variable) {}

  /** The word with its variables put in, whatever patterns it has. */
  String text(UnaryOperator<String> variables) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      text.append(piece.variable() ? variables.apply(piece.text()) : piece.text());
    }
    return text.toString();
  }

  /** Whether it is there at all: an unquoted variable without a value is no word. */
  boolean vanishes(UnaryOperator<String> variables) {
    return text(variables).isEmpty()
        && pieces.stream().allMatch(piece -> piece.variable() && !piece.quoted());
  }

  /** Whether it stands for the names that match it. */
  boolean isPattern() {
    return pieces.stream()
        .anyMatch(piece -> !piece.quoted() && !piece.variable() && Globs.isPattern(piece.text()));
  }

  /** The word as a pattern in which what was quoted stands for itself. */
  String pattern(UnaryOperator<String> variables) {
    StringBuilder pattern = new StringBuilder();
    for (Piece piece : pieces) {
      String text = piece.variable() ? variables.apply(piece.text()) : piece.text();
      pattern.append(piece.quoted() || piece.variable() ? Globs.literally(text) : text);
    }
    return pattern.toString();
  }

  boolean startsWithTilde() {
    return !pieces.isEmpty()
        && !pieces.get(0).quoted()
        && !pieces.get(0).variable()
        && (pieces.get(0).text().equals("~") || pieces.get(0).text().startsWith("~/"));
  }
}
