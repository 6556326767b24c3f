package org.jarvis.safety.command.grammar;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement of a rule file, with the lines that continue it.
 *
 * @param line the line where it begins
 * @param outer whether it begins at the margin
 * @param text the statement without its indentation
 */
record Statement(int line, boolean outer, String text) {
  private static final List<String> VERBATIM =
      List.of("match:", "not_match:", "because:", "instead:");

  /**
   * Takes a file apart.
   *
   * @throws RuleProblem for a line that continues nothing
   */
  static List<Statement> of(String file, String content) throws RuleProblem {
    List<Statement> statements = new ArrayList<>();
    int number = 0;
    for (String raw : content.split("\n", -1)) {
      number++;
      String text = raw.strip();
      if (raw.chars().anyMatch(character -> character < ' ' || character > '~')) {
        throw new RuleProblem(file, number, "Only printable ASCII is allowed, and no tabs.");
      }
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      boolean verbatim = VERBATIM.stream().anyMatch(text::startsWith);
      String said = verbatim ? text : withoutComment(text);
      int indentation = raw.length() - raw.stripLeading().length();
      if (indentation <= 2 || verbatim) {
        statements.add(new Statement(number, indentation == 0, said));
      } else if (statements.isEmpty()) {
        throw new RuleProblem(file, number, "This line continues nothing.");
      } else {
        Statement last = statements.remove(statements.size() - 1);
        statements.add(new Statement(last.line(), last.outer(), last.text() + " " + said));
      }
    }
    return statements;
  }

  private static String withoutComment(String text) {
    int comment = text.indexOf(" #");
    return comment < 0 ? text : text.substring(0, comment).strip();
  }

  /** Its first word. */
  String keyword() {
    int blank = text.indexOf(' ');
    return blank < 0 ? text : text.substring(0, blank);
  }

  /** What follows its first word. */
  String rest() {
    int blank = text.indexOf(' ');
    return blank < 0 ? "" : text.substring(blank + 1).strip();
  }

  /** The words that follow its first word. */
  List<String> words() {
    return rest().isEmpty() ? List.of() : List.of(rest().split(" +"));
  }
}
