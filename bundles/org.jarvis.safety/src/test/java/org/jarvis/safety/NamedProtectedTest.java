package org.jarvis.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.jarvis.api.safety.Tier;
import org.jarvis.safety.command.Corpus;
import org.junit.jupiter.api.Test;

/** Guest 103, the service docker and the container jarvis, named in what does more than look. */
class NamedProtectedTest {
  private static final Pattern NAMES =
      Pattern.compile("(?<![0-9a-zA-Z])103(?![0-9])|docker|jarvis");

  private final CommandScene scene = new CommandScene();

  @Test
  void isRefusedHoweverItIsWrapped() throws Exception {
    List<String> naming =
        Corpus.lines("shared/destructive.txt").stream()
            .filter(line -> NAMES.matcher(line).find())
            .toList();

    assertThat(naming).hasSizeGreaterThan(60);
    assertThat(
            naming.stream().filter(line -> scene.judge("pve1", line).tier() != Tier.BLACK).toList())
        .isEmpty();
  }
}
