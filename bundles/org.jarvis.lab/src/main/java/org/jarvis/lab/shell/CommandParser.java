package org.jarvis.lab.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jarvis.lab.shell.CommandLine.Redirection;

/**
 * Understands as much of a shell's language as people and Jarvis use on a host: words with quotes,
 * variables, pipes, lists and simple redirections. What it does not understand it says so of.
 */
final class CommandParser {

  private static final Pattern ASSIGNMENT =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*", Pattern.DOTALL);

  private final String line;
  private int at;

  private CommandParser(String line) {
    this.line = line;
  }

  /**
   * The parsed line.
   *
   * @throws SyntaxError where it cannot be understood
   */
  static CommandLine parse(String line) throws SyntaxError {
    return new CommandParser(line).list();
  }

  private CommandLine list() throws SyntaxError {
    List<CommandLine.Step> steps = new ArrayList<>();
    CommandLine.When when = CommandLine.When.ALWAYS;
    skipSeparators();
    while (at < line.length()) {
      steps.add(pipeline(when));
      skipBlanks();
      if (at >= line.length()) {
        break;
      }
      when = connector();
      skipBlanks();
      if (when == CommandLine.When.ALWAYS) {
        skipSeparators();
      } else if (at >= line.length()) {
        throw new SyntaxError("syntax error: unexpected end of file");
      }
    }
    return new CommandLine(steps);
  }

  private CommandLine.When connector() throws SyntaxError {
    if (take("&&")) {
      return CommandLine.When.AFTER_SUCCESS;
    }
    if (take("||")) {
      return CommandLine.When.AFTER_FAILURE;
    }
    if (take(";") || take("\n")) {
      return CommandLine.When.ALWAYS;
    }
    if (take("&")) {
      throw new SyntaxError("the lab's shell runs nothing in the background");
    }
    throw SyntaxError.unexpected(line.substring(at, at + 1));
  }

  private CommandLine.Step pipeline(CommandLine.When when) throws SyntaxError {
    boolean negated = false;
    while (at + 1 < line.length() && line.charAt(at) == '!' && line.charAt(at + 1) == ' ') {
      negated = !negated;
      at++;
      skipBlanks();
    }
    List<CommandLine.Command> commands = new ArrayList<>();
    commands.add(command());
    skipBlanks();
    while (at < line.length() && line.charAt(at) == '|' && !line.startsWith("||", at)) {
      at++;
      skipBlanks();
      commands.add(command());
      skipBlanks();
    }
    return new CommandLine.Step(when, negated, commands);
  }

  private CommandLine.Command command() throws SyntaxError {
    List<Word> words = new ArrayList<>();
    List<Word> assignments = new ArrayList<>();
    List<Redirection> redirections = new ArrayList<>();
    skipBlanks();
    while (at < line.length() && "|&;\n".indexOf(line.charAt(at)) < 0) {
      if (isRedirection()) {
        redirections.add(redirection());
      } else if ("()".indexOf(line.charAt(at)) >= 0) {
        throw SyntaxError.unexpected(line.substring(at, at + 1));
      } else {
        Word word = word();
        boolean assigns =
            words.isEmpty()
                && !word.pieces().get(0).quoted()
                && ASSIGNMENT.matcher(word.pieces().get(0).text()).matches();
        (assigns ? assignments : words).add(word);
      }
      skipBlanks();
    }
    if (words.isEmpty() && assignments.isEmpty() && redirections.isEmpty()) {
      if (at >= line.length()) {
        throw new SyntaxError("syntax error: unexpected end of file");
      }
      String token =
          line.startsWith("||", at) || line.startsWith("&&", at)
              ? line.substring(at, at + 2)
              : line.substring(at, at + 1);
      throw SyntaxError.unexpected(token.equals("\n") ? "newline" : token);
    }
    return new CommandLine.Command(words, assignments, redirections);
  }

  private boolean isRedirection() {
    char c = line.charAt(at);
    return c == '<'
        || c == '>'
        || (c >= '0'
            && c <= '2'
            && at + 1 < line.length()
            && "<>".indexOf(line.charAt(at + 1)) >= 0)
        || line.startsWith("&>", at);
  }

  private Redirection redirection() throws SyntaxError {
    int descriptor = -1;
    if (Character.isDigit(line.charAt(at))) {
      descriptor = line.charAt(at++) - '0';
    }
    if (line.startsWith("<<", at)) {
      throw new SyntaxError("the lab's shell reads no here-documents");
    }
    if (take("<")) {
      skipBlanks();
      return new Redirection(Math.max(0, descriptor), Redirection.Kind.READ, target());
    }
    boolean append = take(">>");
    if (!append) {
      take(">");
    }
    int output = descriptor < 0 ? 1 : descriptor;
    if (!append && take("&")) {
      return new Redirection(output, Redirection.Kind.DUPLICATE, target());
    }
    skipBlanks();
    return new Redirection(
        output, append ? Redirection.Kind.APPEND : Redirection.Kind.WRITE, target());
  }

  private Word target() throws SyntaxError {
    if (at >= line.length() || "|&;\n<>()".indexOf(line.charAt(at)) >= 0) {
      throw SyntaxError.unexpected(at >= line.length() ? "newline" : line.substring(at, at + 1));
    }
    return word();
  }

  private Word word() throws SyntaxError {
    List<Word.Piece> pieces = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    while (at < line.length() && " \t\n|&;<>()".indexOf(line.charAt(at)) < 0) {
      char c = line.charAt(at);
      if (c == '\'' || c == '"' || c == '\\' || c == '$' || c == '`') {
        if (plain.length() > 0) {
          pieces.add(new Word.Piece(plain.toString(), false, false));
          plain.setLength(0);
        }
        special(c, pieces);
      } else {
        plain.append(c);
        at++;
      }
    }
    if (plain.length() > 0) {
      pieces.add(new Word.Piece(plain.toString(), false, false));
    }
    return new Word(pieces);
  }

  private void special(char c, List<Word.Piece> pieces) throws SyntaxError {
    switch (c) {
      case '\'' -> {
        int end = line.indexOf('\'', at + 1);
        if (end < 0) {
          throw unclosed('\'');
        }
        pieces.add(new Word.Piece(line.substring(at + 1, end), true, false));
        at = end + 1;
      }
      case '"' -> doubleQuoted(pieces);
      case '\\' -> {
        at++;
        pieces.add(
            new Word.Piece(at < line.length() ? line.substring(at, at + 1) : "\\", true, false));
        at = Math.min(line.length(), at + 1);
      }
      default -> pieces.add(variable(false));
    }
  }

  private void doubleQuoted(List<Word.Piece> pieces) throws SyntaxError {
    StringBuilder text = new StringBuilder();
    at++;
    while (at < line.length() && line.charAt(at) != '"') {
      char c = line.charAt(at);
      if (c == '\\' && at + 1 < line.length() && "\"\\$`".indexOf(line.charAt(at + 1)) >= 0) {
        text.append(line.charAt(at + 1));
        at += 2;
      } else if (c == '$' || c == '`') {
        pieces.add(new Word.Piece(text.toString(), true, false));
        text.setLength(0);
        pieces.add(variable(true));
      } else {
        text.append(c);
        at++;
      }
    }
    if (at >= line.length()) {
      throw unclosed('"');
    }
    at++;
    pieces.add(new Word.Piece(text.toString(), true, false));
  }

  private Word.Piece variable(boolean quoted) throws SyntaxError {
    if (line.charAt(at) == '`' || line.startsWith("$(", at)) {
      throw new SyntaxError("the lab's shell does not put commands into commands");
    }
    at++;
    int begin = at;
    if (take("{")) {
      int end = line.indexOf('}', at);
      if (end < 0) {
        throw unclosed('}');
      }
      String name = line.substring(at, end);
      at = end + 1;
      return new Word.Piece(name, quoted, true);
    }
    if (at < line.length() && "?$!#0123456789".indexOf(line.charAt(at)) >= 0) {
      at++;
      return new Word.Piece(line.substring(begin, at), quoted, true);
    }
    while (at < line.length()
        && (Character.isLetterOrDigit(line.charAt(at)) || line.charAt(at) == '_')) {
      at++;
    }
    return at == begin
        ? new Word.Piece("$", true, false)
        : new Word.Piece(line.substring(begin, at), quoted, true);
  }

  private SyntaxError unclosed(char mark) {
    at = line.length();
    return new SyntaxError("unexpected EOF while looking for matching `" + mark + "'");
  }

  private boolean take(String token) {
    boolean there = line.startsWith(token, at);
    if (there) {
      at += token.length();
    }
    return there;
  }

  private void skipBlanks() {
    while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
      at++;
    }
    if (at < line.length() && line.charAt(at) == '#') {
      while (at < line.length() && line.charAt(at) != '\n') {
        at++;
      }
    }
  }

  private void skipSeparators() {
    skipBlanks();
    while (at < line.length() && line.charAt(at) == '\n') {
      at++;
      skipBlanks();
    }
  }
}
