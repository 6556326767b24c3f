package org.jarvis.safety.command.grammar;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The options that a form allows, and how they are recognised. Immutable. */
final class Options {
  private final Map<String, OptionRule> byName = new HashMap<>();
  private final Set<OptionRule> required = new LinkedHashSet<>();
  private final boolean bundles;

  /**
   * Takes the options of a form.
   *
   * @param bundles whether short ones may be bundled behind one hyphen
   */
  Options(Collection<OptionRule> rules, boolean bundles) {
    this.bundles = bundles;
    for (OptionRule rule : rules) {
      rule.names().forEach(name -> byName.put(name, rule));
      if (rule.required()) {
        required.add(rule);
      }
    }
  }

  /** What the values of those look like that have one. */
  Stream<Shape> shapes() {
    return byName.values().stream().map(OptionRule::value).filter(Objects::nonNull);
  }

  /** Those that have to be there. */
  Set<OptionRule> required() {
    return required;
  }

  /**
   * One way to understand a word as an option, and perhaps the next one as its value.
   *
   * @param words how many words it takes
   * @param used the options
   * @param hits the operands in their values
   */
  record Understood(int words, List<OptionRule> used, List<Hit> hits) {}

  /** Collects the ways to understand a word, or else the reason why there is none. */
  final class Attempt {
    private final String word;
    private final @Nullable String next;
    private final PathRules paths;
    private final List<Understood> ways = new ArrayList<>(2);
    private String objection;

    /**
     * Tries to understand a word.
     *
     * @param word it begins with a hyphen
     * @param next the word after it; {@code null} when it is the last
     */
    Attempt(String word, @Nullable String next, PathRules paths) {
      this.word = word;
      this.next = next;
      this.paths = paths;
      objection = "is no option that is known here";
      tryWhole();
      if (ways.isEmpty() && bundles && !word.startsWith("--")) {
        tryBundle();
      }
    }

    List<Understood> ways() {
      return ways;
    }

    /** Why there is no way, as the end of a sentence that begins with the word. */
    String objection() {
      return objection;
    }

    private void tryWhole() {
      OptionRule rule = byName.get(word);
      if (rule != null) {
        withoutAttachment(rule, List.of(rule));
        return;
      }
      int equals = word.indexOf('=');
      OptionRule assigned = equals < 0 ? null : byName.get(word.substring(0, equals));
      if (assigned != null && assigned.value() != null && isLong(word)) {
        fit(assigned, word.substring(equals + 1), 1, List.of(assigned));
        return;
      }
      OptionRule numeric = byName.get(OptionRule.NUMERIC);
      if (numeric != null && word.length() <= 10 && isNumber(word.substring(1))) {
        ways.add(new Understood(1, List.of(numeric), List.of()));
      }
    }

    private boolean isLong(String option) {
      return option.startsWith("--") || !bundles;
    }

    private void withoutAttachment(OptionRule rule, List<OptionRule> used) {
      switch (rule.arity()) {
        case NONE, ATTACHED -> ways.add(new Understood(1, used, List.of()));
        case VALUE -> {
          if (next == null) {
            objection = "lacks its value " + rule.value();
          } else {
            fit(rule, next, 2, used);
          }
        }
        case MAYBE -> {
          if (next != null) {
            fit(rule, next, 2, used);
          }
          ways.add(new Understood(1, used, List.of()));
        }
      }
    }

    private void fit(OptionRule rule, String value, int words, List<OptionRule> used) {
      List<Hit> hits = new ArrayList<>(2);
      Shape shape = rule.value();
      String bad = shape == null ? "has no value" : shape.objection(value, true, paths, hits);
      if (bad == null) {
        ways.add(new Understood(words, used, hits));
      } else {
        objection = "may not have that value, which " + bad;
      }
    }

    private void tryBundle() {
      List<OptionRule> used = new ArrayList<>();
      for (int i = 1; i < word.length(); i++) {
        OptionRule rule = byName.get("-" + word.charAt(i));
        if (rule == null) {
          objection =
              i == 1 && word.length() > 2
                  ? objection
                  : "has the option -" + word.charAt(i) + ", which is not known here";
          return;
        }
        used.add(rule);
        String rest = word.substring(i + 1);
        if (rule.arity() != OptionRule.Arity.NONE && !rest.isEmpty()) {
          fit(rule, rest, 1, used);
          return;
        }
        if (rule.arity() != OptionRule.Arity.NONE) {
          withoutAttachment(rule, used);
          return;
        }
      }
      ways.add(new Understood(1, used, List.of()));
    }
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
