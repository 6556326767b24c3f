package org.jarvis.chat;

import java.util.regex.Pattern;
import org.jarvis.api.text.InertText;

/** Names and sentences of others among what a model is told. */
final class Inert {
  /**
   * By what templates of models tell who speaks. A server may take them for that wherever they
   * stand, so that a text with them would end the data that it is part of. Most begin with an angle
   * bracket; these are Mistral's.
   */
  private static final Pattern SPEAKER =
      Pattern.compile(
          "\\[(?=/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|TOOL_CONTENT"
              + "|CALL_ID|ARGS|THINK)\\])");

  private Inert() {}

  /** On one line, of at most this many characters, and never a tag. */
  static String line(String text, int most) {
    return SPEAKER
        .matcher(InertText.line(text, most))
        .replaceAll("(")
        .replace('<', '‹')
        .replace('>', '›');
  }

  /** JSON that means the same, and in which nothing can be taken for a mark of who speaks. */
  static String json(String json) {
    // Neither bracket is anything of the JSON itself where it stands like that.
    return SPEAKER.matcher(json).replaceAll("\\\\u005b").replace("<", "\\u003c");
  }
}
