package org.jarvis.console.command;

import java.util.stream.Collectors;
import org.jarvis.api.command.Affected;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.command.CommandJudge;
import org.jarvis.api.command.CommandText;

/** Says for people what a command would mean. */
final class CommandExplanation {
  private final CommandJudge judge;

  CommandExplanation(CommandJudge judge) {
    this.judge = judge;
  }

  void write(String host, String command, Lines lines) {
    CommandAnalysis analysis = judge.judge(host, new CommandText.Line(command));
    lines.add("Tier", analysis.tier() + (analysis.autoRuns() ? ", a model may run it" : ""));
    analysis.reasons().forEach(reason -> lines.add("Because", reason));
    if (analysis.instead() != null) {
      lines.add("Instead", analysis.instead());
    }
    if (!analysis.affected().isEmpty()) {
      lines.add(
          "Affects",
          analysis.affected().stream()
              .map(CommandExplanation::named)
              .collect(Collectors.joining(", ")));
    }
    if (!analysis.canonical().isEmpty()) {
      lines.add("Would run", analysis.canonical());
    }
  }

  private static String named(Affected affected) {
    return affected.kind().word() + " " + affected.name() + " (" + affected.touch().word() + ")";
  }
}
