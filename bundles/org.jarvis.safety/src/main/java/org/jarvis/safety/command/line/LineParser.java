package org.jarvis.safety.command.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Parses one line of printable ASCII, from left to right, each character once.
 *
 * <p>Literal words, {@code '…'}, {@code "…"} without anything that expands, {@code |}, {@code &&},
 * {@code ||}, {@code ;}, {@code 2>&1} and redirections to {@code /dev/null}: that is all.
 */
final class LineParser {
  private static final String NOWHERE = "/dev/null";
  private static final int MOST_CALLS = 32;
  private static final int MOST_WORDS = 512;

  /** Words that a shell takes for its own grammar where a program could stand. */
  private static final Set<String> RESERVED =
      Set.of(
          "!",
          "{",
          "}",
          "[[",
          "]]",
          "case",
          "coproc",
          "do",
          "done",
          "elif",
          "else",
          "esac",
          "fi",
          "for",
          "function",
          "if",
          "in",
          "select",
          "then",
          "time",
          "until",
          "while");

  private final String line;
  private final List<Call> calls = new ArrayList<>();
  private List<Word> words = new ArrayList<>();
  private List<Redirection> redirections = new ArrayList<>();
  private Join join = Join.FIRST;
  private int wordCount;
  private int at;

  LineParser(String line) {
    this.line = line;
  }

  List<Call> calls() {
    while (true) {
      skipBlanks();
      if (at == line.length()) {
        return end();
      }
      switch (line.charAt(at)) {
        case '|', '&', ';' -> operator();
        case '>' -> redirection(1);
        default -> word();
      }
    }
  }

  private List<Call> end() {
    if (words.isEmpty() && redirections.isEmpty() && join == Join.THEN) {
      return calls; // a semicolon may end a line
    }
    finishCall();
    return calls;
  }

  private void skipBlanks() {
    while (at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
  }

  private void operator() {
    char character = line.charAt(at);
    boolean doubled = at + 1 < line.length() && line.charAt(at + 1) == character;
    Join next;
    if (character == '|') {
      next = doubled ? Join.OR : Join.PIPE;
    } else if (character == ';') {
      next = Join.THEN;
    } else if (doubled) {
      next = Join.AND;
    } else {
      throw refuse(
          "'&' runs it in the background", "Leave it out; && runs the next one after success.");
    }
    finishCall();
    join = next;
    at += doubled && character != ';' ? 2 : 1;
  }

  private void finishCall() {
    if (words.isEmpty()) {
      throw refuse("there is no program here", "Name a program, such as uptime.");
    }
    if (calls.size() == MOST_CALLS) {
      throw refuse("there are more than " + MOST_CALLS + " programs", "Split it into several.");
    }
    calls.add(new Call(join, words, redirections));
    words = new ArrayList<>();
    redirections = new ArrayList<>();
  }

  private void redirection(int from) {
    at++;
    if (from == 2 && line.startsWith("&1", at) && isEnd(at + 2)) {
      at += 2;
      redirections.add(Redirection.ERRORS_TO_OUTPUT);
      return;
    }
    int operator = at;
    skipBlanks();
    if (!line.startsWith(NOWHERE, at) || !isEnd(at + NOWHERE.length())) {
      at = operator - 1;
      throw refuse(
          "'>' writes a file or copies a channel",
          "The only redirections are 2>&1, >/dev/null and 2>/dev/null.");
    }
    at += NOWHERE.length();
    redirections.add(from == 2 ? Redirection.ERRORS_AWAY : Redirection.OUTPUT_AWAY);
  }

  private boolean isEnd(int index) {
    return index == line.length() || " |&;>".indexOf(line.charAt(index)) >= 0;
  }

  private void word() {
    int start = at;
    StringBuilder text = new StringBuilder();
    boolean quoted = false;
    while (at < line.length()) {
      char character = line.charAt(at);
      if (character == '\'' || character == '"') {
        quoted = true;
        text.append(quotation(character));
      } else if (" |&;".indexOf(character) >= 0) {
        break;
      } else if (character == '>') {
        int channel = quoted ? 0 : channel(text, start);
        if (channel > 0) {
          redirection(channel);
          return;
        }
        break;
      } else {
        text.append(plain(character, start));
        at++;
      }
    }
    add(text.toString(), start, quoted);
  }

  /**
   * A bare 1 or 2 right before {@code >} is no word but says which output is meant. Shells differ
   * on longer numbers.
   */
  private int channel(StringBuilder text, int start) {
    boolean number = text.length() > 0 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!number) {
      return 0;
    }
    if (text.length() > 1 || "12".indexOf(text.charAt(0)) < 0) {
      at = start;
      throw refuse(
          "it is not clear whether the number belongs to '>'",
          "Write a blank between both; the only redirections are 2>&1, >/dev/null and"
              + " 2>/dev/null.");
    }
    return text.charAt(0) - '0';
  }

  private String quotation(char quote) {
    int close = line.indexOf(quote, at + 1);
    if (close < 0) {
      throw refuse("this quote is not closed", "Close it, or leave it out.");
    }
    String inside = line.substring(at + 1, close);
    if (quote == '"') {
      for (int i = 0; i < inside.length(); i++) {
        if (isSpecial(inside, i)) {
          at += 1 + i;
          throw refuse(
              "'" + inside.charAt(i) + "' is special between double quotes",
              "Use single quotes, between which every character stands for itself.");
        }
      }
    }
    at = close + 1;
    return inside;
  }

  /** A backslash stands for itself, unless what follows it would be special without it. */
  private static boolean isSpecial(String inside, int index) {
    return switch (inside.charAt(index)) {
      case '$', '`' -> true;
      case '\\' -> index + 1 == inside.length() || "$`\\".indexOf(inside.charAt(index + 1)) >= 0;
      default -> false;
    };
  }

  private char plain(char character, int start) {
    switch (character) {
      case '$', '`' ->
          throw refuse(
              "'" + character + "' has the shell put something else in its place",
              "Write the value itself, or quote it with single quotes if it is meant literally.");
      case '\\' ->
          throw refuse("'\\' hides a character from the shell", "Use single quotes instead.");
      case '*', '?', '~', '{', '}' -> throw expansion(character);
      case '[', ']' -> {
        // The test program is called like this, and closed like that.
        if (at != start || !isEnd(at + 1)) {
          throw expansion(character);
        }
      }
      case '<' -> throw refuse("'<' reads a file or a here-document", "Name the file as a word.");
      case '(', ')' ->
          throw refuse("'" + character + "' groups commands", "Join them with &&, || or ;.");
      case '#' -> {
        if (at == start) {
          throw refuse("'#' begins a comment", "Leave it out, or put it between single quotes.");
        }
      }
      default -> {}
    }
    return character;
  }

  private Misunderstanding expansion(char character) {
    return refuse(
        "the shell may put other words in the place of '" + character + "'",
        "Put the word between single quotes where it is meant literally; otherwise name each file"
            + " or word.");
  }

  private void add(String text, int start, boolean quoted) {
    at = Math.max(at, start);
    if (words.isEmpty()) {
      requireProgram(text, start, quoted);
    }
    if (++wordCount > MOST_WORDS) {
      throw refuse("there are more than " + MOST_WORDS + " words", "Split it into several.");
    }
    words.add(new Word(text, start + 1));
  }

  private void requireProgram(String text, int start, boolean quoted) {
    if (text.isEmpty()) {
      throw new Misunderstanding(
          "The program at character " + (start + 1) + " has no name.",
          "Name a program, such as uptime.");
    }
    if (!quoted && RESERVED.contains(text)) {
      throw new Misunderstanding(
          "'" + text + "' at character " + (start + 1) + " is a word of the shell's own language.",
          "Join commands with &&, || or ;.");
    }
    int equals = text.indexOf('=');
    if (equals > 0 && isName(text.substring(0, equals))) {
      throw new Misunderstanding(
          Shown.word(text) + " at character " + (start + 1) + " sets a variable.",
          "Name the program first; programs run with a fixed, clean environment.");
    }
  }

  private static boolean isName(String text) {
    return text.chars()
        .allMatch(
            c -> c == '_' || c == '+' || c == '[' || c == ']' || Character.isLetterOrDigit(c));
  }

  private Misunderstanding refuse(String why, String instead) {
    return new Misunderstanding("At character " + (at + 1) + " " + why + ".", instead);
  }
}
