package org.jarvis.api.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes strings of others inert. What a cluster, a log, a model, a client or an extension says may
 * be read, and does nothing else: it does not control a terminal, does not begin a line of its own
 * where it has one, does not turn the direction of writing, and holds nothing that is not seen.
 *
 * <p>What is said to be inert holds none of the characters that {@link #isUnfit} tells of, but for
 * line feeds and tabs where the method says so, and no half of a surrogate pair. What is inert
 * stays as it is when it is made so again. It is no escaping: who writes HTML, Markdown, a shell's
 * words or a prompt's tags still has to see to their characters.
 *
 * <p>Pure functions, safe from any thread; they take time in proportion to the text, and those with
 * a bound in proportion to the bound.
 */
public final class InertText {
  private static final String CUT = "…";
  private static final String MARK = "\uFFFD";
  private static final String QUESTION = "?";
  private static final String BLANK = " ";
  private static final String NOTHING = "";

  /**
   * What colours and moves text on a terminal (ECMA-48); without its first character it would be
   * litter. The group is only the beginning of a command that holds words.
   */
  private static final Pattern TERMINAL_SEQUENCE =
      Pattern.compile(
          "(?:\\x1B\\[|\\x9B)[0-?]*+[ -/]*+[@-~]"
              + "|\\x1B[@-OQ-WYZ\\\\]"
              + "|(\\x1B[\\]PX^_]|[\\x9D\\x90\\x98\\x9E\\x9F])");

  private static final int OPENING = 1;
  private static final int MISSING = -1;

  private InertText() {}

  /**
   * A name or a sentence: one line with single blanks, none around it, in at most so many
   * characters. A blank stands where something was taken away, so that no two words become one and
   * no name becomes that of another. What is too long ends in an ellipsis.
   *
   * @param most how long it may be, in UTF-16 units; at least one
   */
  public static String line(String hostile, int most) {
    // What is far too long is cut first, so that no text costs more than what is shown of it.
    String start = cut(hostile, 4 * most);
    String line = withSingleBlanks(inert(start, BLANK, BLANK, NOTHING));
    return line.length() <= most && start.length() == hostile.length()
        ? line
        : cut(line, most - CUT.length()) + CUT;
  }

  /**
   * A line of a log, in which blanks mean something: those at its beginning stay, and those in it,
   * in at most so many characters. One blank stands for what controls a terminal or ends a line,
   * nothing for what is not seen. What is too long ends in an ellipsis.
   *
   * @param most how long it may be, in UTF-16 units; at least one
   */
  public static String logLine(String hostile, int most) {
    String start = cut(hostile, 4 * most);
    String line = inert(start, BLANK, NOTHING, NOTHING).stripTrailing();
    return line.length() <= most && start.length() == hostile.length()
        ? line
        : cut(line, most - CUT.length()) + CUT;
  }

  /**
   * A text of several lines: line feeds and tabs stay, and nothing stands where something was taken
   * away, since some languages join letters by what is not seen.
   */
  public static String lines(String hostile) {
    return inert(hostile, NOTHING, NOTHING, "\n\t");
  }

  /**
   * One line without blanks around it, in at most so many characters. A replacement character
   * (U+FFFD) stands for whatever was taken away and a blank for a line feed or a tab, so that
   * people see that there was something; nothing stands for what chooses between text and emoji.
   *
   * @param most how long it may be, in UTF-16 units; at least one
   */
  public static String marked(String hostile, int most) {
    return bounded(hostile, most, NOTHING);
  }

  /**
   * The same of a text of several lines, which stay apart.
   *
   * @param most how long it may be, in UTF-16 units; at least one
   */
  public static String markedLines(String hostile, int most) {
    return bounded(hostile.replace("\r\n", "\n"), most, "\n");
  }

  /**
   * One line for a terminal: nothing stands for the sequences that colour what a program prints, a
   * blank for a line feed or a tab, and a question mark, which every terminal can draw, for other
   * characters that were taken away.
   */
  public static String printed(String hostile) {
    return inert(
        isPlain(hostile) ? hostile : uncoloured(hostile, NOTHING), QUESTION, QUESTION, NOTHING);
  }

  /**
   * The beginning of a text, without half of a character at its end.
   *
   * @param most how long it may be, in UTF-16 units
   */
  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean halved = most > 0 && Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, halved ? most - 1 : most);
  }

  /**
   * Whether a character could make a text do or seem something else than it says: controls, ends of
   * lines, marks of direction, joiners, tags, fillers, variation selectors, halves of characters,
   * and what no standard gives a meaning.
   *
   * <p>The general categories Cc, Cf, Cs, Co, Cn, Zl and Zp, and what else Unicode lets a reader
   * ignore (<a href="https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point">UAX
   * #44</a>).
   */
  public static boolean isUnfit(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isIgnorable(character);
    };
  }

  private static boolean isIgnorable(int character) {
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

  private static String bounded(String hostile, int most, String kept) {
    // Only as much is looked at as can be shown, blanks around it apart.
    String stripped = hostile.strip();
    String marked = inert(cut(stripped, 4 * most), MARK, MARK, kept).strip();
    return marked.length() <= most && stripped.length() <= 4 * most
        ? marked
        : cut(marked, most - CUT.length()) + CUT;
  }

  /**
   * @param control what stands for a control character or an end of a line
   * @param unseen what stands for other unfit characters, and for a sequence for a terminal
   * @param kept controls that stay; of line feed and tab, those that do not are blanks where others
   *     are marked
   */
  private static String inert(String hostile, String control, String unseen, String kept) {
    if (isPlain(hostile)) {
      return hostile;
    }
    String bare = uncoloured(hostile, unseen);
    StringBuilder inert = new StringBuilder(bare.length());
    boolean broken = false;
    for (int i = 0; i < bare.length(); ) {
      int character = bare.codePointAt(i);
      i += Character.charCount(character);
      boolean breaks = false;
      if (kept.indexOf(character) >= 0 || !isUnfit(character)) {
        inert.appendCodePoint(character);
      } else if (endsALine(character)) {
        breaks = true;
        String instead = character == '\n' || character == '\t' ? BLANK : control;
        // However many of them end a line, one blank is enough.
        inert.append(broken && control.equals(BLANK) ? NOTHING : instead);
      } else if (!choosesTheLook(character)) {
        inert.append(unseen);
      }
      broken = breaks;
    }
    return inert.toString();
  }

  /** Stands behind many an emoji, and is missed by nobody. */
  private static boolean choosesTheLook(int character) {
    return character == 0xFE0E || character == 0xFE0F;
  }

  private static String uncoloured(String text, String instead) {
    Matcher sequence = TERMINAL_SEQUENCE.matcher(text);
    StringBuilder bare = new StringBuilder(text.length());
    int told = 0;
    int from = 0;
    int stop = 0;
    while (sequence.find(from)) {
      from = sequence.end();
      if (sequence.start(OPENING) >= 0) {
        // One place ends whatever was opened before it, so it is looked for once, and not again
        // for each of a million openings.
        stop = stop >= from ? stop : stop(text, from);
        int end = endAt(text, stop);
        if (end == MISSING) {
          continue;
        }
        from = end;
      }
      bare.append(text, told, sequence.start()).append(instead);
      told = from;
    }
    return bare.append(text, told, text.length()).toString();
  }

  /** Where the words of a command stop, well or not; behind the text where they do not. */
  private static int stop(String text, int from) {
    int stop = from;
    while (stop < text.length() && "\u0007\u001B\u009C".indexOf(text.charAt(stop)) < 0) {
      stop++;
    }
    return stop;
  }

  /**
   * Behind a command whose words stop here. Where its end is missing, the rest is no part of it: it
   * would be hidden.
   */
  private static int endAt(String text, int stop) {
    if (stop == text.length()) {
      return MISSING;
    }
    if (text.charAt(stop) != '\u001B') {
      return stop + 1;
    }
    return text.startsWith("\\", stop + 1) ? stop + 2 : MISSING;
  }

  /** Controls too: whatever they do to a terminal, what follows is somewhere else. */
  private static boolean endsALine(int character) {
    int type = Character.getType(character);
    return type == Character.CONTROL
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static String withSingleBlanks(String line) {
    StringBuilder single = new StringBuilder(line.length());
    boolean gap = false;
    for (int i = 0; i < line.length(); i++) {
      char character = line.charAt(i);
      if (Character.isSpaceChar(character)) {
        gap = !single.isEmpty();
        continue;
      }
      if (gap) {
        single.append(' ');
        gap = false;
      }
      single.append(character);
    }
    return single.toString();
  }

  /** Whether it is printable ASCII throughout, as nearly everything is. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }
}
