package org.jarvis.tools.host;

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

/** Understands a handful of commands in the way of the real one. */
public final class HouseAnalyst implements CommandAnalyst {
  private static final Pattern GUEST = Pattern.compile("qm (stop|destroy|status) (\\d+)");
  private static final Pattern RESTART = Pattern.compile("systemctl restart (\\S+)");

  @Override
  public CommandAnalysis analyse(HostId host, boolean sudo, CommandText command) {
    String line =
        command instanceof CommandText.Line text
            ? text.line()
            : String.join(" ", ((CommandText.Words) command).words());
    Matcher guest = GUEST.matcher(line);
    Matcher restart = RESTART.matcher(line);
    if (guest.matches() && guest.group(1).equals("stop")) {
      return red(
          line, Effect.DISRUPTS, affected(Affected.Kind.GUEST, guest.group(2), Touch.TAKES_DOWN));
    } else if (guest.matches() && guest.group(1).equals("destroy")) {
      return red(
          line, Effect.DESTROYS, affected(Affected.Kind.GUEST, guest.group(2), Touch.REMOVES));
    } else if (restart.matches()) {
      return red(
          line,
          Effect.DISRUPTS,
          affected(Affected.Kind.SERVICE, restart.group(1), Touch.INTERRUPTS));
    } else if (line.equals("pvesm remove local")) {
      return red(line, Effect.DESTROYS, affected(Affected.Kind.STORAGE, "local", Touch.REMOVES));
    } else if (line.equals("apt-get update")) {
      return analysis(
          line,
          Tier.YELLOW,
          Effect.CHANGES,
          Consent.CLICK,
          false,
          List.of(affected(Affected.Kind.HOST, host.name(), Touch.TENDS)));
    } else if (line.equals("curl https://example.org")) {
      return analysis(line, Tier.GREEN, Effect.OBSERVES, Consent.NONE, false, List.of());
    } else if (line.matches("[a-z]+( [a-z0-9]+)*")) {
      return analysis(line, Tier.GREEN, Effect.OBSERVES, Consent.NONE, true, List.of());
    }
    return new CommandAnalysis(
        false,
        Tier.BLACK,
        Effect.DESTROYS,
        Consent.TYPED,
        false,
        "",
        List.of(),
        List.of(),
        List.of("'" + line + "' is not understood."),
        "Leave out what a shell would replace.");
  }

  private static Affected affected(Affected.Kind kind, String name, Touch touch) {
    return new Affected(kind, name, touch);
  }

  private static CommandAnalysis red(String line, Effect effect, Affected affected) {
    return analysis(
        line,
        Tier.RED,
        effect,
        effect == Effect.DESTROYS ? Consent.TYPED : Consent.HOLD,
        false,
        List.of(affected));
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
        "'/usr/bin/env' " + line,
        List.of(List.of(line.split(" ", -1))),
        affected,
        List.of("The rule of " + line.split(" ", -1)[0] + " says so."),
        null);
  }
}
