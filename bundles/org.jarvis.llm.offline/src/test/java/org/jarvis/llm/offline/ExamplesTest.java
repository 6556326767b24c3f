package org.jarvis.llm.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jarvis.api.llm.Answer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each example of the page is understood as what it is an example of. */
class ExamplesTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "chat-built-in.md");
  private static final Pattern ROW = Pattern.compile("\\| \\*(.+)\\* \\| .*\\(`([a-z-]+)`\\) \\|");

  @TestFactory
  Stream<DynamicTest> meanWhatThePageSays() throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    return lines.stream()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.group(1),
                    () -> {
                      Talk talk = new Talk(new Homelab().sources());
                      talk.say("what's wrong?");
                      Answer answer = talk.wish(row.group(1));
                      assertThat(Talk.intent(answer)).as(answer.text()).isEqualTo(row.group(2));
                    }));
  }
}
