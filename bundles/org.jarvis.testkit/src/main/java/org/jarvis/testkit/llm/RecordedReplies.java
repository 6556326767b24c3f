package org.jarvis.testkit.llm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Streams of the Messages API as they were recorded, oddities included: blanks behind the data, no
 * blank line at the end, blocks and figures of later versions. They are those that Anthropic's own
 * Python library is tested with.
 */
public final class RecordedReplies {
  private static final List<String> NAMES =
      List.of(
          "basic",
          "compaction",
          "fallback",
          "fallback-credit",
          "incomplete-partial-json",
          "refusal",
          "stream-a-refusal",
          "stream-a-toolrefusal",
          "stream-b-fallback",
          "tool-use");

  private RecordedReplies() {}

  /** The names of all. */
  public static List<String> names() {
    return NAMES;
  }

  /** One of them. */
  public static String of(String name) {
    try (InputStream recorded =
        RecordedReplies.class.getResourceAsStream("anthropic/" + name + ".sse")) {
      if (recorded == null) {
        throw new IllegalArgumentException("Nothing is recorded under the name " + name + ".");
      }
      return new String(recorded.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
