package org.jarvis.llm.offline.intent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page that lists what can be said tells the truth. */
class IntentTableTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "chat-built-in.md");
  private static final int LEAST = 40;

  @Test
  void pageListsEveryIntent() throws IOException {
    assertThat(Files.readString(PAGE)).contains(table());
  }

  @Test
  void thereAreEnoughAndEachHasAnIdOfItsOwn() {
    List<String> ids =
        Grammar.families().stream()
            .flatMap(family -> family.intents().stream())
            .map(Intent::id)
            .toList();

    assertThat(ids).hasSizeGreaterThanOrEqualTo(LEAST).doesNotHaveDuplicates();
  }

  static String table() {
    return Grammar.families().stream()
        .map(
            family ->
                "### "
                    + family.title()
                    + "\n\n| such as | what comes of it |\n| --- | --- |\n"
                    + family.intents().stream()
                        .map(
                            intent ->
                                "| *"
                                    + intent.example()
                                    + "* | I "
                                    + intent.does()
                                    + " (`"
                                    + intent.id()
                                    + "`) |")
                        .collect(Collectors.joining("\n")))
        .collect(Collectors.joining("\n\n"));
  }
}
