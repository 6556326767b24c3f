package org.jarvis.safety.command.line;

import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.command.CommandText;

/**
 * Reads commands. Anything that a shell could understand in more than one way is refused, so that
 * what is left means the same to every shell. Takes time and memory in proportion to the length,
 * which is bounded. Never throws.
 */
public final class CommandReader {
  /** The longest command, in characters. */
  public static final int LONGEST = 8192;

  private static final int MOST_WORDS = 512;

  private CommandReader() {}

  /** Reads a command in either form. */
  public static Reading read(CommandText command) {
    if (command instanceof CommandText.Line line) {
      return read(line.line());
    }
    return read(((CommandText.Words) command).words());
  }

  private static Reading read(String line) {
    if (line.length() > LONGEST) {
      return tooLong();
    }
    for (int i = 0; i < line.length(); i++) {
      if (!Shown.isPlain(line.charAt(i))) {
        return unprintable(line.charAt(i), "at character " + (i + 1));
      }
    }
    try {
      return new Reading.Understood(new LineParser(line).calls());
    } catch (Misunderstanding refused) {
      return refused.reading();
    }
  }

  /** No shell looks into these words: they are quoted one by one. */
  private static Reading read(List<String> given) {
    if (given.isEmpty() || given.get(0).isEmpty()) {
      return new Reading.Refused("There is no program in it.", "Name a program, such as uptime.");
    }
    if (given.size() > MOST_WORDS
        || given.stream().mapToLong(String::length).sum() + given.size() > LONGEST) {
      return tooLong();
    }
    List<Word> words = new ArrayList<>(given.size());
    for (String text : given) {
      for (int i = 0; i < text.length(); i++) {
        if (!Shown.isPlain(text.charAt(i))) {
          return unprintable(text.charAt(i), "in word " + (words.size() + 1));
        }
      }
      words.add(new Word(text, words.size() + 1));
    }
    return new Reading.Understood(List.of(new Call(Join.FIRST, words, List.of())));
  }

  private static Reading tooLong() {
    return new Reading.Refused(
        "It is longer than " + LONGEST + " characters or " + MOST_WORDS + " words.",
        "Split it into shorter commands.");
  }

  private static Reading unprintable(char character, String where) {
    return new Reading.Refused(
        "It has "
            + Shown.character(character)
            + " "
            + where
            + ", and only printable ASCII characters are understood.",
        "Type it again on one line, with plain blanks, quotes and hyphens.");
  }
}
