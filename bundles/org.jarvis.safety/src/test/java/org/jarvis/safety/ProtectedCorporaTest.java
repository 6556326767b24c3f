package org.jarvis.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.Tier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is protected stays so, whatever the command, the host and the approval. */
class ProtectedCorporaTest {
  private final CommandScene scene = new CommandScene();

  private static List<String> lines(String corpus) throws IOException {
    try (InputStream stream =
            Objects.requireNonNull(
                ProtectedCorporaTest.class.getResourceAsStream("/corpora/" + corpus));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pve1", "home/pve1", "elsewhere"})
  void nothingHarmsWhatIsProtected(String host) throws Exception {
    assertThat(
            lines("protected/harm.txt").stream()
                .filter(line -> scene.judge(host, line).tier() != Tier.BLACK)
                .map(line -> line + "  " + scene.judge(host, line)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pve1", "elsewhere"})
  void lookingAtWhatIsProtectedIsFree(String host) throws Exception {
    for (String line : lines("protected/look.txt")) {
      CommandAnalysis analysis = scene.judge(host, line);
      assertThat(analysis.tier()).as("%s: %s", line, analysis.reasons()).isEqualTo(Tier.GREEN);
      assertThat(scene.model(host, line)).as(line).isInstanceOf(Decision.Allow.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared/destructive.txt", "protected/harm.txt"})
  void thePolicySaysWhatThePreviewSays(String corpus) throws Exception {
    for (String line : lines(corpus)) {
      Decision decision = scene.person("pve1", line);
      assertThat(decision.severity() == 3)
          .as("%s: %s", line, decision)
          .isEqualTo(scene.judge("pve1", line).tier() == Tier.BLACK);
    }
  }
}
