package org.jarvis.safety;

import org.jarvis.safety.command.GrammarAnalyst;
import org.jarvis.safety.command.OwnRules;
import org.jarvis.safety.command.grammar.RuleProblem;

/** Makes what judges commands by the shipped rules, as a new installation has it. */
public final class CommandAnalysts {
  private CommandAnalysts() {}

  /** One that knows no host. */
  public static GrammarAnalyst shipped() {
    try {
      return new GrammarAnalyst(new OwnRules(new DecisionRecord()), new CommandDestinations());
    } catch (RuleProblem problem) {
      throw new AssertionError(problem);
    }
  }
}
