package org.jarvis.llm.offline.house;

/**
 * Makes the texts of others harmless: names, notes, errors. What a cluster calls something is
 * hostile; in an answer it may be read and do nothing else.
 */
public final class Inert {
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_LINE = 300;
  private static final int LONGEST_SENTENCE = 2_000;
  private static final String MARKDOWN = "\\`*_[]<>|~#&!";
  private static final String CUT = "…";

  private Inert() {}

  /** A name. */
  public static String name(String hostile) {
    return plain(hostile, LONGEST_NAME);
  }

  /** A sentence, or a value with its unit. */
  public static String line(String hostile) {
    return plain(hostile, LONGEST_LINE);
  }

  /** What the gate says, cut only where it is no sentence any more. */
  public static String sentence(String hostile) {
    return plain(hostile, LONGEST_SENTENCE);
  }

  private static String plain(String hostile, int longest) {
    StringBuilder plain = new StringBuilder();
    int[] taken = {0};
    hostile
        .codePoints()
        .limit(4L * longest)
        .map(character -> isUnfit(character) ? ' ' : character)
        .forEach(character -> take(plain, character, taken, longest));
    return taken[0] > longest ? plain.toString().strip() + CUT : plain.toString().strip();
  }

  private static void take(StringBuilder plain, int character, int[] taken, int longest) {
    boolean doubled =
        character == ' ' && (plain.isEmpty() || plain.charAt(plain.length() - 1) == ' ');
    if (doubled || taken[0]++ >= longest) {
      return;
    }
    // A link that the page would make of an address needs its two slashes side by side.
    boolean slashes =
        character == '/' && !plain.isEmpty() && plain.charAt(plain.length() - 1) == '/';
    if (slashes || MARKDOWN.indexOf(character) >= 0) {
      plain.append('\\');
    }
    plain.appendCodePoint(character);
  }

  private static boolean isUnfit(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isUnseen(character);
    };
  }

  /** What Unicode has nothing drawn for, though it counts as a letter or a mark. */
  private static boolean isUnseen(int character) {
    return character == 0x034F
        || character == 0x115F
        || character == 0x1160
        || character == 0x17B4
        || character == 0x17B5
        || (character >= 0x180B && character <= 0x180F)
        || character == 0x3164
        || (character >= 0xFE00 && character <= 0xFE0F)
        || character == 0xFFA0
        || (character >= 0xE0000 && character <= 0xE0FFF);
  }
}
