package org.jarvis.safety.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.safety.command.grammar.PathRules;
import org.jarvis.safety.command.grammar.ProgramRule;
import org.jarvis.safety.command.grammar.RuleFile;
import org.jarvis.safety.command.grammar.RuleProblem;

/** All rules that count at one moment. Immutable. */
final class RuleBook {
  /** Nothing is known. */
  static final RuleBook EMPTY = new RuleBook(Map.of(), Map.of(), PathRules.NONE);

  private final Map<String, ProgramRule> byName;
  private final Map<String, ProgramRule> byPath;
  private final PathRules paths;

  private RuleBook(
      Map<String, ProgramRule> byName, Map<String, ProgramRule> byPath, PathRules paths) {
    this.byName = byName;
    this.byPath = byPath;
    this.paths = paths;
  }

  /**
   * Puts files together, and checks that each example holds.
   *
   * @throws RuleProblem where two rules are about one program, or an example does not hold
   */
  static RuleBook of(List<RuleFile> files) throws RuleProblem {
    return EMPTY.with(files, RuleFile.paths(files));
  }

  /**
   * The same rules and those of one more file, which says nothing of paths.
   *
   * @throws RuleProblem as {@link #of} does
   */
  RuleBook with(RuleFile file) throws RuleProblem {
    return with(List.of(file), paths);
  }

  private RuleBook with(List<RuleFile> files, PathRules nextPaths) throws RuleProblem {
    Map<String, ProgramRule> nextByName = new HashMap<>(byName);
    Map<String, ProgramRule> nextByPath = new HashMap<>(byPath);
    for (RuleFile file : files) {
      for (ProgramRule rule : file.programs()) {
        put(nextByName, rule.name(), rule);
        for (String path : rule.paths()) {
          put(nextByPath, path, rule);
        }
      }
    }
    RuleBook book = new RuleBook(Map.copyOf(nextByName), Map.copyOf(nextByPath), nextPaths);
    for (RuleFile file : files) {
      ExampleCheck.check(book, file);
    }
    return book;
  }

  private static void put(Map<String, ProgramRule> map, String key, ProgramRule rule)
      throws RuleProblem {
    ProgramRule other = map.put(key, rule);
    if (other != null) {
      throw new RuleProblem(
          rule.file(),
          rule.line(),
          "There is a rule for "
              + key
              + " already in "
              + other.file()
              + ", line "
              + other.line()
              + ".");
    }
  }

  /** The rule for a program, by its name or by one of its paths. */
  Optional<ProgramRule> find(String word) {
    return Optional.ofNullable(word.startsWith("/") ? byPath.get(word) : byName.get(word));
  }

  PathRules paths() {
    return paths;
  }

  /** How many programs are known. */
  int size() {
    return byName.size();
  }
}
