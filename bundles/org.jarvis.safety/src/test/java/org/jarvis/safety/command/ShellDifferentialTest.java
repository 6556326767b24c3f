package org.jarvis.safety.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.command.CommandText;
import org.jarvis.safety.command.line.Call;
import org.jarvis.safety.command.line.CommandReader;
import org.jarvis.safety.command.line.Join;
import org.jarvis.safety.command.line.Reading;
import org.jarvis.safety.command.line.Word;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The vectors that are decided on are the ones that a real shell makes of the canonical line.
 *
 * <p>Every canonical line is run by the shell itself, with a function in place of {@code
 * /usr/bin/env} that notes its words. The profile {@code stress} takes 200,000 lines.
 */
class ShellDifferentialTest {
  private static final String ENV = "/usr/bin/env -i PATH=";
  private static final String LAST_SETTING = "GIT_TERMINAL_PROMPT=0";
  private static final int ORDINARY = 5_000;
  private static final int STRESS = 200_000;
  private static final long SEED = 20_240_601;

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "/bin/bash"})
  void theShellSeesWhatWasDecidedOn(String shell) throws Exception {
    compare(shell, Boolean.getBoolean("jarvis.stress") ? STRESS : ORDINARY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/dash", "/bin/busybox"})
  void soDoOtherShells(String shell) throws Exception {
    compare(shell, Boolean.getBoolean("jarvis.stress") ? ORDINARY : ORDINARY / 10);
  }

  private static void compare(String shell, int wanted) throws Exception {
    Assumptions.assumeTrue(RealShell.isThere(shell), shell + " is not installed here");
    LineJudge judge =
        new LineJudge(RuleBook.of(ShippedRules.read()), new Destinations(name -> false));
    CommandLines lines = new CommandLines(SEED);
    int compared = 0;
    try (RealShell real = RealShell.start(shell)) {
      for (int i = 0; compared < wanted; i++) {
        assertThat(i).as("lines made for %s compared ones", compared).isLessThan(wanted * 20 + 100);
        compared += compare(real, judge, lines.next(), i) ? 1 : 0;
      }
    }
  }

  private static boolean compare(RealShell real, LineJudge judge, String line, int round)
      throws Exception {
    CommandText.Line command = new CommandText.Line(line);
    CommandAnalysis analysis = judge.judge("pve1", round % 3 == 0, command).analysis();
    if (analysis.canonical().isEmpty()) {
      return false;
    }
    int status = round % 2;
    List<Call> calls = ((Reading.Understood) CommandReader.read(command)).calls();
    List<List<String>> expected = new ArrayList<>();
    for (int index : running(calls, status)) {
      expected.add(analysis.vectors().get(index));
    }
    String runnable = analysis.canonical().replace(ENV, RealShell.STAND_IN + " -i PATH=");
    List<List<String>> seen =
        real.run(runnable, status).stream().map(ShellDifferentialTest::program).toList();
    assertThat(seen)
        .as("%s%nbecame %s", line, analysis.canonical())
        .containsExactlyInAnyOrderElementsOf(expected);
    compareWritten(real, line, calls, status);
    return true;
  }

  /** What was written means to the shell what the parser took it for. */
  private static void compareWritten(RealShell real, String line, List<Call> calls, int status)
      throws Exception {
    List<List<String>> read = calls.stream().map(ShellDifferentialTest::words).toList();
    if (!read.stream().allMatch(words -> RealShell.PROGRAMS.contains(words.get(0)))) {
      return;
    }
    assertThat(real.run(line, status))
        .as(line)
        .containsExactlyInAnyOrderElementsOf(
            running(calls, status).stream().map(read::get).toList());
  }

  private static List<String> words(Call call) {
    return call.words().stream().map(Word::text).toList();
  }

  /** Which of them run when each program answers with this status. */
  private static List<Integer> running(List<Call> calls, int status) {
    List<Integer> running = new ArrayList<>();
    boolean runs = true;
    int last = 0;
    for (int i = 0; i < calls.size(); i++) {
      Join join = calls.get(i).join();
      runs =
          switch (join) {
            case FIRST, THEN -> true;
            case PIPE -> runs;
            case AND -> last == 0;
            case OR -> last != 0;
          };
      if (runs) {
        running.add(i);
        last = status;
      }
    }
    return running;
  }

  /** Takes away the clean environment and sudo, and makes sure that both are what they ought to. */
  private static List<String> program(List<String> words) {
    int at = words.indexOf(LAST_SETTING);
    assertThat(at).isPositive();
    assertThat(words.subList(0, at))
        .startsWith("-i")
        .allMatch(word -> word.matches("-i|[A-Z_]+=.*"));
    List<String> rest = words.subList(at + 1, words.size());
    return rest.get(0).equals("/usr/bin/sudo") ? rest.subList(3, rest.size()) : rest;
  }
}
