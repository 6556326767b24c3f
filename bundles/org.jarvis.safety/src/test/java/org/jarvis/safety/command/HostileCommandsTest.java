package org.jarvis.safety.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.command.CommandText;
import org.jarvis.api.safety.Tier;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes, there is an answer, soon, and it is never mild by mistake. */
class HostileCommandsTest {
  private static final LineJudge JUDGE =
      new LineJudge(Analysts.book(), new Destinations(name -> false));

  private static CommandAnalysis judge(String line) {
    return JUDGE.judge("pve1", true, new CommandText.Line(line)).analysis();
  }

  @Test
  void answersWhateverComes() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder line = new StringBuilder();
      for (int n = random.nextInt(60); n > 0; n--) {
        line.append(
            (char) (random.nextInt(8) == 0 ? random.nextInt(0x10000) : random.nextInt(128)));
      }
      CommandAnalysis analysis = judge(line.toString());
      assertThat(analysis.parsed() || analysis.tier() == Tier.BLACK).isTrue();
      List<String> words = new ArrayList<>(List.of(line.toString().split(" ", -1)));
      assertThat(JUDGE.judge("pve1", true, new CommandText.Words(words))).isNotNull();
    }
  }

  @Test
  void isNeverMildWithAWordTooMuch() {
    CommandLines lines = new CommandLines(11);
    for (int i = 0; i < 5_000; i++) {
      CommandAnalysis analysis = judge(lines.next());
      if (analysis.tier() == Tier.GREEN) {
        assertThat(analysis.vectors())
            .as(analysis.canonical())
            .allMatch(vector -> vector.get(0).startsWith("/"));
        assertThat(analysis.affected()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat ",
        "grep -",
        "a|",
        "'",
        "\"",
        "qm list ",
        "(",
        "$",
        "\\",
        ">",
        "ls -l",
        "find / -not ",
        "[ ",
        "awk '",
        "awk ' /x/ ",
        "sed -n 1p; ",
        "timeout 5 ",
        "nice ",
        "pct exec 101 -- ",
        "echo a&&",
        "ip -br addr ",
        "docker ps -a ",
        "zfs list -o a,",
        "a/",
        "/../",
        "\u00e9"
      })
  void takesBoundedTimeForLongLines(String part) {
    for (int length : new int[] {8_000, 100_000, 1_000_000}) {
      String line = part.repeat(length / part.length() + 1);
      Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> judge(line), part);
      assertThat(judge(line).tier()).isIn(Tier.GREEN, Tier.RED, Tier.BLACK);
      if (line.length() > 8_192) {
        assertThat(judge(line).parsed()).isFalse();
        assertThat(judge(line).toString()).hasSizeLessThan(1_000);
      }
    }
  }

  @Test
  void takesBoundedTimeForLongWords() {
    for (String program : List.of("cat", "grep", "find", "awk", "sed", "pvesh get", "zfs list")) {
      for (String part :
          List.of("/", "a", "-", "a,", "/a", "../", "{", "[", "a=", "/x/", "1", ";")) {
        String line = program + " '" + part.repeat(7_000 / part.length()) + "'";
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> judge(line), line);
      }
    }
  }
}
