package org.jarvis.llm.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jarvis.api.llm.Answer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Whatever asks, denies, supposes or quotes never makes a call that changes something. */
class QuestionsNeverActTest {
  private static final List<String> VERBS =
      List.of(
          "start",
          "stop",
          "shut down",
          "hard stop",
          "restart",
          "reboot",
          "wake",
          "suspend",
          "resume",
          "migrate",
          "back up",
          "take a snapshot of",
          "fix",
          "turn off");
  private static final List<String> TARGETS = List.of("media", "vm 102", "pve3", "the second one");
  private static final List<String> FRAMES =
      List.of(
          "why did you %s %s?",
          "can I %s %s?",
          "should I %s %s",
          "what if I %s %s",
          "don't %s %s",
          "never %s %s",
          "do not ever %s %s please",
          "what happens if I %s %s",
          "who told you to %s %s?",
          "when did you %s %s",
          "did you %s %s",
          "would I ever %s %s",
          "\"%s %s\"",
          "my boss said: '%s %s'",
          "> %s %s",
          "`%s %s`",
          "is it safe to %s %s",
          "if it is broken, %s %s",
          "how do I %s %s",
          "%s %s?",
          "please avoid to %s %s",
          "I would rather not %s %s",
          "what would it mean to %s %s",
          "%s %s or not",
          "have I asked you to %s %s",
          "is there a reason to %s %s",
          "%s not %s");
  private static final int SAMPLES = 10;

  @Test
  void inNoFrame() {
    for (String frame : FRAMES) {
      for (String verb : VERBS) {
        for (String target : TARGETS) {
          assertNothingIsDone(List.of("what's wrong?", frame.formatted(verb, target)));
        }
      }
    }
  }

  @RepeatedTest(20)
  void notEvenInWordsThrownTogether(RepetitionInfo run) {
    Random random = new Random(run.getCurrentRepetition());
    List<String> asking =
        List.of("why", "who", "what", "when", "if", "not", "never", "how", "can i", "did", "where");
    for (int i = 0; i < SAMPLES; i++) {
      List<String> words = new ArrayList<>();
      for (int j = 0; j < 6; j++) {
        List<String> from =
            List.of(VERBS, TARGETS, asking, List.of("please", "the", "now")).get(random.nextInt(4));
        words.add(from.get(random.nextInt(from.size())));
      }
      words.add(random.nextInt(words.size()), asking.get(random.nextInt(asking.size())));
      assertNothingIsDone(List.of("list the guests", String.join(" ", words)));
    }
  }

  private static void assertNothingIsDone(List<String> said) {
    Talk talk = new Talk(new Homelab().sources());
    for (String words : said) {
      Answer answer = talk.wish(words);
      assertThat(answer.calls().stream().filter(call -> Talk.CHANGING.contains(call.name())))
          .as(words)
          .isEmpty();
      if (!answer.calls().isEmpty()) {
        return;
      }
    }
  }
}
