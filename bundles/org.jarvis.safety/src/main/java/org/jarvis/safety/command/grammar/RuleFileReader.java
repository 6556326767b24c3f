package org.jarvis.safety.command.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a rule file; {@code docs/command-rules.md} describes the format. */
public final class RuleFileReader {
  private static final int LONGEST = 1024 * 1024;
  private static final Pattern LET = Pattern.compile("([a-z][a-z0-9-]*) *= *(.+)");

  private final String file;
  private final Map<String, String> shared = new HashMap<>();
  private final List<ProgramRule> programs = new ArrayList<>();
  private final List<String> readable = new ArrayList<>();
  private final List<String> searchable = new ArrayList<>();
  private final List<String> secret = new ArrayList<>();
  private @Nullable ProgramDraft draft;

  private RuleFileReader(String file) {
    this.file = file;
  }

  /**
   * Reads a file's content. Whether its examples hold is not checked here.
   *
   * @param file its name, for people
   * @throws RuleProblem when it cannot be read, with the line and the reason
   */
  public static RuleFile read(String file, String content) throws RuleProblem {
    if (content.length() > LONGEST) {
      throw new RuleProblem(file, 1, "The file is longer than a megabyte.");
    }
    RuleFileReader reader = new RuleFileReader(file);
    int line = 1;
    try {
      for (Statement statement : Statement.of(file, content)) {
        line = statement.line();
        reader.take(statement);
      }
      reader.finish();
    } catch (SynopsisProblem problem) {
      throw new RuleProblem(file, line, problem.reason());
    }
    return new RuleFile(file, reader.programs, reader.readable, reader.searchable, reader.secret);
  }

  private void take(Statement statement) {
    if (!statement.outer()) {
      if (draft == null) {
        throw new SynopsisProblem("This belongs to no program.");
      }
      draft.take(statement);
      return;
    }
    finish();
    switch (statement.keyword()) {
      case "program" -> draft = new ProgramDraft(file, statement, shared);
      case "let" -> let(statement, shared);
      case "readable" -> paths(statement, readable::add);
      case "searchable" -> paths(statement, searchable::add);
      case "secret" -> paths(statement, secret::add);
      default ->
          throw new SynopsisProblem(
              "'"
                  + statement.keyword()
                  + "' is not known at the margin. What belongs to a program is indented by two.");
    }
  }

  private void finish() {
    if (draft != null) {
      programs.addAll(draft.finish());
      draft = null;
    }
  }

  private static void paths(Statement statement, Consumer<String> list) {
    for (String pattern : statement.words()) {
      if (!pattern.startsWith("/") && !pattern.startsWith("**/")) {
        throw new SynopsisProblem("'" + pattern + "' does not begin with a slash or '**/'.");
      }
      list.accept(pattern);
    }
  }

  static void let(Statement statement, Map<String, String> parts) {
    Matcher let = LET.matcher(statement.rest());
    if (!let.matches()) {
      throw new SynopsisProblem("It has to be like: let view = -a|--all -l");
    }
    parts.put(let.group(1), let.group(2));
  }
}
