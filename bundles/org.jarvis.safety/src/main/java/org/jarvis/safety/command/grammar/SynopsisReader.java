package org.jarvis.safety.command.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads forms as rule files write them, in the manner of a manual's synopsis. */
final class SynopsisReader {
  private static final int DEEPEST = 8;

  private final Map<String, String> parts;
  private final List<Instruction> instructions = new ArrayList<>();
  private final List<OptionRule> options = new ArrayList<>();
  private String text = "";
  private int at;
  private int depth;

  private SynopsisReader(Map<String, String> parts) {
    this.parts = parts;
  }

  /**
   * Reads a form.
   *
   * @param parts what {@code @name} stands for
   * @param bundles whether short options may be bundled
   * @throws SynopsisProblem when it cannot be read
   */
  static Synopsis read(String form, Map<String, String> parts, boolean bundles) {
    SynopsisReader reader = new SynopsisReader(parts);
    reader.splice(form);
    reader.instructions.add(new Instruction.Accept());
    return new Synopsis(reader.instructions, new Options(reader.options, bundles));
  }

  private void splice(String form) {
    if (++depth > DEEPEST) {
      throw new SynopsisProblem("A part contains itself.");
    }
    String outer = text;
    int resume = at;
    text = form;
    at = 0;
    sequence();
    if (at < text.length()) {
      throw new SynopsisProblem("There is a ']' too many at '" + text.substring(at) + "'.");
    }
    text = outer;
    at = resume;
    depth--;
  }

  private void sequence() {
    while (true) {
      skipBlanks();
      if (at == text.length() || text.charAt(at) == ']') {
        return;
      }
      char character = text.charAt(at);
      if (character == '@' && at + 1 < text.length() && Character.isLetter(text.charAt(at + 1))) {
        part();
      } else if (character == '-' || text.startsWith("!-", at)) {
        option();
      } else if (character == '[' && isGroup()) {
        group();
      } else if (character == '(' && isAlternation()) {
        alternation();
      } else {
        word();
      }
    }
  }

  private void skipBlanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private void part() {
    int start = ++at;
    while (at < text.length() && (Character.isLetterOrDigit(peek()) || peek() == '-')) {
      at++;
    }
    String name = text.substring(start, at);
    String value = parts.get(name);
    if (value == null) {
      throw new SynopsisProblem("There is no 'let " + name + "' before this.");
    }
    splice(value);
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : ' ';
  }

  private void option() {
    boolean required = text.charAt(at) == '!';
    at += required ? 1 : 0;
    int start = at;
    if (text.startsWith(OptionRule.NUMERIC, at)) {
      at += OptionRule.NUMERIC.length();
    } else {
      while (" [".indexOf(peek()) < 0 && peek() != ']') {
        at++;
      }
    }
    List<String> names = List.of(text.substring(start, at).split("\\|"));
    if (names.stream().anyMatch(name -> !name.startsWith("-") || name.length() < 2)) {
      throw new SynopsisProblem("An option begins with a hyphen: " + names);
    }
    options.add(value(names, required));
  }

  private OptionRule value(List<String> names, boolean required) {
    if (peek() == '[') {
      at++;
      boolean attached = peek() == '=' || names.stream().noneMatch(name -> name.startsWith("--"));
      at += peek() == '=' ? 1 : 0;
      Shape shape = shape(']');
      expect(']');
      return new OptionRule(
          names, attached ? OptionRule.Arity.ATTACHED : OptionRule.Arity.MAYBE, shape, required);
    }
    int resume = at;
    skipBlanks();
    if (at > resume && (peek() == '<' || peek() == '(')) {
      return new OptionRule(names, OptionRule.Arity.VALUE, shape(' '), required);
    }
    at = resume;
    return new OptionRule(names, OptionRule.Arity.NONE, null, required);
  }

  /** A bracket that closes at the end of a word is a group; one before more is a part of a word. */
  private boolean isGroup() {
    int open = 0;
    for (int i = at; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '<') {
        i = close(i, '>');
      } else if (character == '[') {
        open++;
      } else if (character == ']' && --open == 0) {
        int end = i + 1;
        return end == text.length() || " ]*+?".indexOf(text.charAt(end)) >= 0;
      }
    }
    throw new SynopsisProblem("There is a ']' missing.");
  }

  private int close(int from, char bracket) {
    int close = text.indexOf(bracket, from);
    if (close < 0) {
      throw new SynopsisProblem("There is a '" + bracket + "' missing.");
    }
    return close;
  }

  private void group() {
    at++;
    int start = instructions.size();
    sequence();
    expect(']');
    char quantifier = quantifier();
    repeat(start, quantifier == ' ' ? '?' : quantifier);
  }

  /** A choice of single plain words is a part of a word; one of more than that stands alone. */
  private boolean isAlternation() {
    String inside = text.substring(at + 1, closingParenthesis());
    return inside.indexOf(' ') >= 0 || inside.indexOf('<') >= 0;
  }

  private int closingParenthesis() {
    int open = 0;
    for (int i = at; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '<' -> i = close(i, '>');
        case '\'' -> i = close(i + 1, '\'');
        case '(' -> open++;
        case ')' -> {
          if (--open == 0) {
            return i;
          }
        }
        default -> {}
      }
    }
    throw new SynopsisProblem("There is a ')' missing.");
  }

  /** One of several rows of words. */
  private void alternation() {
    int close = closingParenthesis();
    List<String> rows = rows(text.substring(at + 1, close));
    int start = instructions.size();
    List<Integer> jumps = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      boolean last = i == rows.size() - 1;
      int fork = instructions.size();
      if (!last) {
        instructions.add(new Instruction.Jump(0));
      }
      splice(rows.get(i));
      if (!last) {
        jumps.add(instructions.size());
        instructions.add(new Instruction.Jump(0));
        instructions.set(fork, new Instruction.Fork(fork + 1, instructions.size()));
      }
    }
    for (int jump : jumps) {
      instructions.set(jump, new Instruction.Jump(instructions.size()));
    }
    at = close + 1;
    repeat(start, quantifier());
  }

  /** What stands between the bars that are within no operand, quotation or choice. */
  private List<String> rows(String choice) {
    List<String> rows = new ArrayList<>();
    int open = 0;
    int start = 0;
    for (int i = 0; i < choice.length(); i++) {
      switch (choice.charAt(i)) {
        case '<' -> i = choice.indexOf('>', i);
        case '\'' -> i = choice.indexOf('\'', i + 1);
        case '(', '[' -> open++;
        case ')', ']' -> open--;
        case '|' -> {
          if (open == 0) {
            rows.add(choice.substring(start, i));
            start = i + 1;
          }
        }
        default -> {}
      }
    }
    rows.add(choice.substring(start));
    return rows;
  }

  private void expect(char character) {
    if (peek() != character || at == text.length()) {
      throw new SynopsisProblem("There is a '" + character + "' missing.");
    }
    at++;
  }

  private char quantifier() {
    char character = peek();
    if ("*+?".indexOf(character) < 0) {
      return ' ';
    }
    at++;
    return character;
  }

  private void word() {
    int start = instructions.size();
    if (text.startsWith("<command", at)) {
      int close = close(at, '>');
      instructions.add(
          new Instruction.TakeCommand(place(text.substring(at + "<command".length(), close))));
      at = close + 1;
      return;
    }
    boolean quotable = "<()".indexOf(text.charAt(at)) >= 0;
    Shape shape = shape(' ');
    instructions.add(new Instruction.Take(shape));
    boolean open = at > 0 && ">)".indexOf(text.charAt(at - 1)) >= 0;
    repeat(start, quotable || open ? quantifier() : ' ');
    if (at < text.length() && " ]".indexOf(peek()) < 0) {
      throw new SynopsisProblem("'" + text.substring(at) + "' cannot follow there.");
    }
  }

  private static Place place(String words) {
    return switch (words.strip()) {
      case "" -> Place.HERE;
      case "guest" -> Place.GUEST;
      case "container" -> Place.CONTAINER;
      default -> throw new SynopsisProblem("<command" + words + "> runs nowhere.");
    };
  }

  /** Makes what was added since then optional or repeated. */
  private void repeat(int start, char quantifier) {
    int end = instructions.size();
    switch (quantifier) {
      case '?' -> insertFork(start, end + 1);
      case '+' -> instructions.add(new Instruction.Fork(start, end + 1));
      case '*' -> {
        insertFork(start, end + 2);
        instructions.add(new Instruction.Jump(start));
      }
      default -> {}
    }
  }

  private void insertFork(int start, int other) {
    instructions.add(start, new Instruction.Fork(start + 1, other));
    for (int i = start + 1; i < instructions.size(); i++) {
      Instruction moved = instructions.get(i);
      if (moved instanceof Instruction.Fork fork) {
        instructions.set(i, new Instruction.Fork(fork.preferred() + 1, fork.other() + 1));
      } else if (moved instanceof Instruction.Jump jump) {
        instructions.set(i, new Instruction.Jump(jump.target() + 1));
      }
    }
  }

  /** Reads one word up to a blank, a bracket that closes a group, or a quantifier. */
  private Shape shape(char end) {
    List<Shape.Piece> pieces = new ArrayList<>();
    Shape.@Nullable Piece piece;
    while ((piece = piece(end, pieces.isEmpty())) != null) {
      pieces.add(piece);
    }
    if (pieces.isEmpty()) {
      throw new SynopsisProblem("There is a word missing at '" + text.substring(at) + "'.");
    }
    return new Shape(pieces);
  }

  private Shape.@Nullable Piece piece(char end, boolean first) {
    if (at == text.length() || peek() == ' ' || peek() == end || peek() == ']') {
      return null;
    }
    switch (peek()) {
      case '<' -> {
        return new Shape.Piece.Slot(OperandKinds.read(between('>')));
      }
      case '(' -> {
        return new Shape.Piece.Choice(List.of(between(')').split("\\|", -1)));
      }
      case '\'' -> {
        return new Shape.Piece.Fixed(between('\''));
      }
      case '[' -> {
        if (!first) {
          throw new SynopsisProblem("Only the beginning of a word can be left out.");
        }
        return new Shape.Piece.Maybe(between(']'));
      }
      default -> {
        return literal(first);
      }
    }
  }

  private String between(char close) {
    int start = at + 1;
    int end = close(start, close);
    at = end + 1;
    return text.substring(start, end);
  }

  /** After an operand or a choice, {@code *}, {@code +} and {@code ?} say how often. */
  private Shape.@Nullable Piece literal(boolean first) {
    boolean mayRepeat = !first && ">)".indexOf(text.charAt(at - 1)) >= 0;
    if (mayRepeat && "*+?".indexOf(peek()) >= 0 && isWordEnd(at + 1)) {
      return null;
    }
    int start = at;
    while (at < text.length() && " <([]'".indexOf(peek()) < 0) {
      at++;
    }
    return new Shape.Piece.Fixed(text.substring(start, at));
  }

  private boolean isWordEnd(int index) {
    return index >= text.length() || " ]".indexOf(text.charAt(index)) >= 0;
  }
}
