package org.jarvis.core.action;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.command.Affected;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.command.CommandAnalyst;
import org.jarvis.api.command.CommandText;
import org.jarvis.api.host.HostId;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Touch;

/** Understands a handful of commands, as the real one does. */
final class HouseAnalyst implements CommandAnalyst {
  private static final Pattern QM_STOP = Pattern.compile("qm stop (\\d+)");
  private static final Pattern RESTART = Pattern.compile("systemctl restart (\\S+)");

  final List<String> asked = new ArrayList<>();

  @Override
  public CommandAnalysis analyse(HostId host, boolean sudo, CommandText command) {
    String line =
        command instanceof CommandText.Line text
            ? text.line()
            : String.join(" ", ((CommandText.Words) command).words());
    asked.add(line);
    Matcher stop = QM_STOP.matcher(line);
    if (stop.matches()) {
      return changing(
          line,
          Effect.DISRUPTS,
          new Affected(Affected.Kind.GUEST, stop.group(1), Touch.TAKES_DOWN));
    }
    Matcher restart = RESTART.matcher(line);
    if (restart.matches()) {
      return changing(
          line,
          Effect.DISRUPTS,
          new Affected(Affected.Kind.SERVICE, restart.group(1), Touch.INTERRUPTS));
    }
    return switch (line) {
      case "uptime" -> analysis(line, Tier.GREEN, Effect.OBSERVES, Consent.NONE, true, List.of());
      case "ping example.org" ->
          analysis(line, Tier.GREEN, Effect.OBSERVES, Consent.NONE, false, List.of());
      case "tune" -> analysis(line, Tier.RED, Effect.CHANGES, Consent.HOLD, false, List.of());
      case "break" -> throw new IllegalStateException("A rule is broken.");
      default ->
          new CommandAnalysis(
              false,
              Tier.BLACK,
              Effect.DESTROYS,
              Consent.TYPED,
              false,
              "",
              List.of(),
              List.of(),
              List.of("'" + line + "' is not understood."),
              "Use a plain command.");
    };
  }

  private static CommandAnalysis changing(String line, Effect effect, Affected affected) {
    return analysis(line, Tier.RED, effect, Consent.HOLD, false, List.of(affected));
  }

  private static CommandAnalysis analysis(
      String line,
      Tier tier,
      Effect effect,
      Consent consent,
      boolean autoRuns,
      List<Affected> affected) {
    return new CommandAnalysis(
        true,
        tier,
        effect,
        consent,
        autoRuns,
        "canonical: " + line,
        List.of(List.of(line.split(" "))),
        affected,
        List.of("Because of the test."),
        null);
  }
}
