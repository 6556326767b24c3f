package org.jarvis.safety.command;

import java.util.List;
import java.util.Random;

/** Makes command lines, ordinary and broken ones, always the same for the same seed. */
final class CommandLines {
  private static final List<String> PROGRAMS =
      List.of("ls", "grep", "qm", "/usr/sbin/qm", "zpool", "echo", "foo", "/usr/bin/foo", "'ls'");

  private static final List<String> JOINS = List.of("|", " | ", "&&", " || ", ";", " ; ", " && ");

  private static final List<String> REDIRECTIONS =
      List.of("2>&1", ">/dev/null", "2>/dev/null", "2> /dev/null", "> /dev/null", "1>/dev/null");

  private static final List<String> WORDS =
      List.of(
          "-la",
          "--x=y",
          "103",
          "2",
          "1",
          "a=b",
          "''",
          "\"\"",
          "'a b'",
          "\"it's\"",
          "'say \"x\"'",
          "'$(id)'",
          "'`id`'",
          "'*'",
          "'~'",
          "'\\'",
          "'\\\\n'",
          "a'b'\"c\"",
          "'!x'",
          "\"!x\"",
          "%1",
          "/dev/null",
          "'-'",
          "-",
          "--",
          "'#'",
          "a#",
          "[",
          "]",
          "'{a,b}'",
          "'a;b'",
          "'&'",
          "'|'",
          "'>'",
          "'\t'",
          "+x",
          "@",
          "^",
          ",",
          ":",
          "a:b",
          "=",
          "==",
          "!=",
          "'if'",
          "done");

  private static final String STRANGE =
      "'\"\\$`|&;<>(){}[]*?~!#%^=+-_.,:@/ 12ab\t\n\r\u00a0\u2019\u0000\u001b";

  private final Random random;

  CommandLines(long seed) {
    random = new Random(seed);
  }

  /** The next line: now and then changed in a few places. */
  String next() {
    StringBuilder line = new StringBuilder(call());
    while (random.nextInt(3) == 0) {
      line.append(pick(JOINS)).append(call());
    }
    if (random.nextInt(2) == 0) {
      for (int i = random.nextInt(4); i > 0; i--) {
        mutate(line);
      }
    }
    return line.toString();
  }

  private String call() {
    StringBuilder call = new StringBuilder(pick(PROGRAMS));
    for (int i = random.nextInt(6); i > 0; i--) {
      call.append(" ".repeat(1 + random.nextInt(2))).append(word());
    }
    if (random.nextInt(4) == 0) {
      call.append(random.nextBoolean() ? " " : "").append(pick(REDIRECTIONS));
    }
    return call.toString();
  }

  private String word() {
    return switch (random.nextInt(4)) {
      case 0 -> "'" + printable(false) + "'";
      case 1 -> "\"" + printable(true) + "\"";
      default -> pick(WORDS);
    };
  }

  /** Any printable characters but those that end or expand the quotation. */
  private String printable(boolean expanding) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(9); i > 0; i--) {
      char character = (char) (' ' + random.nextInt('~' - ' ' + 1));
      if ((expanding ? "\"$`" : "'").indexOf(character) < 0) {
        text.append(character);
      }
    }
    return text.toString();
  }

  private void mutate(StringBuilder line) {
    int at = random.nextInt(line.length() + 1);
    char strange = STRANGE.charAt(random.nextInt(STRANGE.length()));
    switch (random.nextInt(3)) {
      case 0 -> line.insert(at, strange);
      case 1 -> line.replace(at, Math.min(at + 1, line.length()), String.valueOf(strange));
      default -> line.delete(at, Math.min(at + 1, line.length()));
    }
  }

  private String pick(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
