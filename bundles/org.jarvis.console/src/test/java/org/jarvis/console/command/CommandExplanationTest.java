package org.jarvis.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.command.Affected;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.command.CommandText;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Touch;
import org.junit.jupiter.api.Test;

class CommandExplanationTest {
  @Test
  void saysWhatACommandMeansAndWhatWouldRun() {
    List<String> lines = new ArrayList<>();
    CommandAnalysis analysis =
        new CommandAnalysis(
            true,
            Tier.RED,
            Effect.DISRUPTS,
            Consent.HOLD,
            false,
            "/usr/sbin/qm stop 101",
            List.of(List.of("/usr/sbin/qm", "stop", "101")),
            List.of(new Affected(Affected.Kind.GUEST, "101", Touch.TAKES_DOWN)),
            List.of("It interrupts something."),
            "qm status 101");

    new CommandExplanation(
            (host, command) -> {
              assertThat(host).isEqualTo("pve1");
              assertThat(command).isEqualTo(new CommandText.Line("qm stop 101"));
              return analysis;
            })
        .write("pve1", "qm stop 101", lines::add);

    assertThat(lines.stream().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "Tier RED",
            "Because It interrupts something.",
            "Instead qm status 101",
            "Affects guest 101 (takes-down)",
            "Would run /usr/sbin/qm stop 101");
  }
}
