package org.jarvis.safety.command;

import java.util.Set;
import org.jarvis.api.command.CommandText;
import org.jarvis.safety.command.grammar.RuleProblem;

/** Judges command lines by the rules that Jarvis ships, as for a host named pve1. */
public final class ShippedJudge {
  public static final String HOST = "pve1";

  private static final Set<String> KNOWN = Set.of("pve", "pve1", "pve2", "pve3");

  private final LineJudge judge;

  /** Reads the rules. */
  public ShippedJudge() throws RuleProblem {
    judge = new LineJudge(RuleBook.of(ShippedRules.read()), new Destinations(KNOWN::contains));
  }

  /** What the line means. */
  public Judgement judge(String line) {
    return judge.judge(HOST, true, new CommandText.Line(line));
  }
}
