package org.jarvis.safety.command;

import java.nio.file.Path;
import org.jarvis.safety.CommandDestinations;
import org.jarvis.safety.DecisionRecord;
import org.jarvis.safety.command.grammar.RuleProblem;

/** Makes analysts for tests. */
public final class Analysts {
  private static final OwnRules SHIPPED = shipped();

  private Analysts() {}

  private static OwnRules shipped() {
    try {
      return new OwnRules(new DecisionRecord(), Path.of("/nonexistent"));
    } catch (RuleProblem problem) {
      throw new AssertionError(problem);
    }
  }

  /** One that goes by the shipped rules, and by no one's own. */
  public static GrammarAnalyst shipped(CommandDestinations destinations) {
    return new GrammarAnalyst(SHIPPED, destinations);
  }

  /** The shipped rules. */
  static RuleBook book() {
    return SHIPPED.book();
  }
}
