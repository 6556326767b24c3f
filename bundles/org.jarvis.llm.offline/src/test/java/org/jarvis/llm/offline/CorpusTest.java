package org.jarvis.llm.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jarvis.api.llm.Answer;
import org.jarvis.api.llm.AnswerPart;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What is said and what comes of it, from {@code corpus.txt}: a line each of {@code words | intent
 * | call | fragment of the answer}. A blank line begins another conversation. Where no call is
 * named, there must be none.
 */
class CorpusTest {
  private static final int LEAST = 150;

  private record Line(String said, String intent, String call, String fragment) {}

  private static List<List<Line>> conversations() {
    try (InputStream file = CorpusTest.class.getResourceAsStream("corpus.txt")) {
      List<List<Line>> all = new ArrayList<>(List.of(new ArrayList<>()));
      for (String text : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        if (text.isBlank()) {
          all.add(new ArrayList<>());
        } else if (!text.startsWith("#")) {
          String[] cells = text.split("\\|", -1);
          all.get(all.size() - 1)
              .add(new Line(cells[0].strip(), cells[1].strip(), cell(cells, 2), cell(cells, 3)));
        }
      }
      return all.stream().filter(one -> !one.isEmpty()).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String cell(String[] cells, int at) {
    return at < cells.length ? cells[at].strip() : "";
  }

  @TestFactory
  Stream<DynamicTest> understandsWhatIsSaid() {
    return conversations().stream()
        .map(
            lines ->
                DynamicTest.dynamicTest(lines.get(lines.size() - 1).said(), () -> converse(lines)));
  }

  private static void converse(List<Line> lines) {
    Talk talk = new Talk(new Homelab().sources());
    SoftAssertions softly = new SoftAssertions();
    for (Line line : lines) {
      Answer answer = talk.say(line.said());
      softly
          .assertThat(Talk.intent(answer))
          .as("%s: %s", line.said(), answer.text())
          .isEqualTo(line.intent());
      softly
          .assertThat(answer.calls().stream().map(CorpusTest::written).toList())
          .as(line.said())
          .isEqualTo(line.call().isEmpty() ? List.of() : List.of(line.call()));
      softly.assertThat(answer.text()).as(line.said()).contains(line.fragment());
    }
    softly.assertAll();
  }

  /** A call as the corpus writes it, such as {@code start_vm node=pve1 vmid=101}. */
  private static String written(AnswerPart.Call call) {
    StringBuilder text = new StringBuilder(call.name());
    for (Map.Entry<String, Object> one : new TreeMap<>(call.arguments().values()).entrySet()) {
      if (!one.getKey().equals("cluster") && !call.name().equals("show_on_screen")) {
        text.append(' ').append(one.getKey()).append('=').append(one.getValue());
      }
    }
    return text.toString();
  }

  @Test
  void isLargeEnoughToMeanSomething() {
    assertThat(conversations().stream().mapToInt(List::size).sum()).isGreaterThanOrEqualTo(LEAST);
  }
}
