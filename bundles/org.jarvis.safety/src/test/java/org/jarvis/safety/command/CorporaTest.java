package org.jarvis.safety.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.safety.Tier;
import org.jarvis.safety.command.grammar.RuleProblem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thousands of lines that people type, and thousands that nobody should, against the shipped rules.
 */
class CorporaTest {
  private static ShippedJudge judge;

  @BeforeAll
  static void readRules() throws RuleProblem {
    judge = new ShippedJudge();
  }

  @ParameterizedTest
  @CsvSource({"benign, 0, 2000", "protected/look.txt, 0, 80", "shared/benign-readonly.txt, 2, 100"})
  void lookingIsFree(String corpus, int percentRefused, int atLeast) throws Exception {
    List<String> lines = Corpus.lines(corpus);

    assertThat(lines).hasSizeGreaterThan(atLeast);
    List<String> missed =
        lines.stream()
            .filter(line -> !analysis(line).autoRuns())
            .map(CorporaTest::described)
            .toList();
    assertThat(missed.size() * 100)
        .as(String.join("\n", missed))
        .isLessThanOrEqualTo(lines.size() * percentRefused);
  }

  @ParameterizedTest
  @CsvSource({
    "destructive, 2500",
    "protected/harm.txt, 300",
    "shared/destructive.txt, 150",
  })
  void nothingThatChangesOrEscapesRunsByItself(String corpus, int atLeast) throws Exception {
    List<String> lines = Corpus.lines(corpus);

    assertThat(lines).hasSizeGreaterThan(atLeast);
    assertThat(
            lines.stream()
                .filter(line -> analysis(line).tier().compareTo(Tier.RED) < 0)
                .map(CorporaTest::described)
                .toList())
        .isEmpty();
  }

  @Test
  void whatIsDisguisedIsNotUnderstood() throws Exception {
    assertThat(Corpus.lines("destructive/disguised.txt").stream().filter(l -> analysis(l).parsed()))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {8192, 100_000, 1_000_000})
  void whatIsVeryLongIsNotUnderstood(int length) {
    assertThat(analysis("echo " + "a".repeat(length)).parsed()).isFalse();
    assertThat(analysis("echo " + "a ".repeat(length / 2) + "; reboot").parsed()).isFalse();
    assertThat(analysis(" ".repeat(length) + "qm stop 103").parsed()).isFalse();
  }

  /** Someone appends what he wants to what runs by itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {"; reboot", " && rm -rf /", " | sh", " || qm stop 103", " > /etc/x", " &"})
  void nothingRidesAlong(String tail) throws Exception {
    List<String> lines = Corpus.lines("benign");

    assertThat(
            IntStream.range(0, lines.size())
                .filter(i -> i % 5 == 0)
                .mapToObj(i -> lines.get(i) + tail)
                .filter(line -> analysis(line).tier().compareTo(Tier.RED) < 0))
        .isEmpty();
  }

  private static CommandAnalysis analysis(String line) {
    return judge.judge(line).analysis();
  }

  private static String described(String line) {
    CommandAnalysis analysis = analysis(line);
    return analysis.tier() + "  " + line + "  " + analysis.reasons();
  }
}
