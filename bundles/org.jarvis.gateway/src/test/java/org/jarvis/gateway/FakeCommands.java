package org.jarvis.gateway;

import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.command.CommandJudge;
import org.jarvis.api.command.CommandRules;
import org.jarvis.api.command.CommandText;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Effect;

/** Knows one command, {@code uptime}, and one file of rules. */
public final class FakeCommands implements CommandJudge, CommandRules {
  public final List<String> asked = new ArrayList<>();
  public final List<String> confirmed = new ArrayList<>();

  @Override
  public CommandAnalysis judge(String host, CommandText command) {
    asked.add(host + ": " + ((CommandText.Line) command).line());
    return asked.get(asked.size() - 1).endsWith(": uptime")
        ? new CommandAnalysis(
            true,
            Tier.GREEN,
            Effect.OBSERVES,
            Consent.NONE,
            true,
            "/usr/bin/uptime",
            List.of(List.of("/usr/bin/uptime")),
            List.of(),
            List.of("uptime only looks."),
            null)
        : new CommandAnalysis(
            false,
            Tier.BLACK,
            Effect.DESTROYS,
            Consent.TYPED,
            false,
            "",
            List.of(),
            List.of(),
            List.of("Nobody understands it."),
            "Say uptime.");
  }

  @Override
  public List<File> files() {
    return List.of(new File("ups.rules", "ab12", !confirmed.isEmpty(), List.of("upsc"), null));
  }

  @Override
  public void confirm(String file, String sha256, Principal principal, String address) {
    confirmed.add(file + " " + sha256 + " " + principal.name() + " " + address);
  }
}
