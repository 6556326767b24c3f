package org.jarvis.console;

import java.util.regex.Pattern;

/**
 * Text from anywhere as one line for a terminal: whatever could move the cursor, change colours,
 * reorder the line or pass for another line is taken out.
 */
public final class PlainText {
  private static final Pattern ESCAPE_SEQUENCE =
      Pattern.compile("\\u001b\\[[0-9;?]*[ -/]*[@-~]|\\u001b\\][^\\u0007\\u001b]*");

  private PlainText() {}

  /** The text, in one line. */
  public static String of(String text) {
    String bare = ESCAPE_SEQUENCE.matcher(text).replaceAll("");
    StringBuilder plain = new StringBuilder(bare.length());
    bare.codePoints()
        .forEach(
            point -> {
              switch (Character.getType(point)) {
                case Character.CONTROL -> plain.append(point == '\t' ? ' ' : '?');
                case Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED ->
                    plain.append('?');
                default -> plain.appendCodePoint(point);
              }
            });
    return plain.toString();
  }
}
