package org.jarvis.safety.command.grammar;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one word has to look like: fixed parts, choices and operands, one after the other.
 * Immutable.
 */
final class Shape {
  private final List<Piece> pieces;
  private final String unexpected;

  /**
   * Puts it together.
   *
   * @param pieces its parts; an operand is the last one, or followed by a fixed part
   * @throws SynopsisProblem for what could be read in two ways
   */
  Shape(List<Piece> pieces) {
    this.pieces = List.copyOf(pieces);
    boolean word = pieces.size() == 1 && pieces.get(0) instanceof Piece.Fixed;
    unexpected = word ? "is not known here" : "is not " + describe(pieces);
    for (int i = 0; i + 1 < pieces.size(); i++) {
      if (pieces.get(i) instanceof Piece.Slot && !(pieces.get(i + 1) instanceof Piece.Fixed)) {
        throw new SynopsisProblem(
            "What follows an operand within a word has to be a fixed part: " + describe(pieces));
      }
    }
  }

  /** Its parts. */
  List<Piece> pieces() {
    return pieces;
  }

  /** A part of a word. */
  sealed interface Piece {
    /** Exactly this. */
    record Fixed(String text) implements Piece {}

    /** This, or nothing. */
    record Maybe(String text) implements Piece {}

    /** One of these. */
    record Choice(List<String> texts) implements Piece {
      /** The longest first, so that none hides another. */
      public Choice {
        texts = texts.stream().sorted((a, b) -> b.length() - a.length()).toList();
      }
    }

    /** An operand. */
    record Slot(Operand operand) implements Piece {}
  }

  /**
   * Why the word does not fit; {@code null} when it does.
   *
   * @param free whether a program cannot take it for an option
   * @param hits gets the operands that it fitted
   */
  @Nullable String objection(String word, boolean free, PathRules paths, List<Hit> hits) {
    int before = hits.size();
    String objection = match(0, word, 0, free, paths, hits);
    if (objection != null) {
      hits.subList(before, hits.size()).clear();
    }
    return objection;
  }

  private @Nullable String match(
      int piece, String word, int at, boolean free, PathRules paths, List<Hit> hits) {
    if (piece == pieces.size()) {
      return at == word.length() ? null : unexpected;
    }
    Piece next = pieces.get(piece);
    if (next instanceof Piece.Fixed fixed) {
      return word.startsWith(fixed.text(), at)
          ? match(piece + 1, word, at + fixed.text().length(), free, paths, hits)
          : unexpected;
    }
    if (next instanceof Piece.Maybe maybe) {
      int skip = word.startsWith(maybe.text(), at) ? maybe.text().length() : 0;
      return match(piece + 1, word, at + skip, free, paths, hits);
    }
    if (next instanceof Piece.Choice choice) {
      return choice(choice, piece, word, at, free, paths, hits);
    }
    Operand operand = ((Piece.Slot) next).operand();
    int end = end(piece, word, at);
    if (end < 0) {
      return unexpected;
    }
    String text = word.substring(at, end);
    String objection = operand.objection(text, free, paths);
    if (objection != null) {
      return objection;
    }
    hits.add(new Hit(operand, text));
    return match(piece + 1, word, end, free, paths, hits);
  }

  private @Nullable String choice(
      Piece.Choice choice,
      int piece,
      String word,
      int at,
      boolean free,
      PathRules paths,
      List<Hit> hits) {
    String objection = unexpected;
    for (String text : choice.texts()) {
      if (word.startsWith(text, at)) {
        String further = match(piece + 1, word, at + text.length(), free, paths, hits);
        if (further == null) {
          return null;
        }
        objection = further;
      }
    }
    return objection;
  }

  /** An operand reaches up to the fixed part after it. */
  private int end(int piece, String word, int at) {
    return piece + 1 < pieces.size()
        ? word.indexOf(((Piece.Fixed) pieces.get(piece + 1)).text(), at)
        : word.length();
  }

  @Override
  public String toString() {
    return describe(pieces);
  }

  private static String describe(List<Piece> pieces) {
    return pieces.stream().map(Shape::describe).collect(Collectors.joining());
  }

  private static String describe(Piece piece) {
    if (piece instanceof Piece.Fixed fixed) {
      return fixed.text();
    }
    if (piece instanceof Piece.Maybe maybe) {
      return "[" + maybe.text() + "]";
    }
    if (piece instanceof Piece.Choice choice) {
      return choice.texts().stream().sorted().collect(Collectors.joining("|", "(", ")"));
    }
    return "<" + ((Piece.Slot) piece).operand().kind().name() + ">";
  }
}
