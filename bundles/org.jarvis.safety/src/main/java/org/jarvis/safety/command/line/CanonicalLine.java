package org.jarvis.safety.command.line;

import java.util.List;

/**
 * Writes a command for the shell of a host, so that dash, bash and busybox ash all see exactly the
 * words that were decided on: each is quoted unless it consists of letters, digits and a few signs
 * that no shell looks at, and none is left to the host's environment.
 */
public final class CanonicalLine {
  /**
   * What every program gets for its environment. No pager, no colours, no configuration of an
   * account: what a program prints and does depends on its arguments alone.
   */
  private static final String CLEAN =
      "/usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C HOME=/nonexistent TERM=dumb"
          + " PAGER=cat SYSTEMD_PAGER= SYSTEMD_COLORS=0 GIT_CONFIG_NOSYSTEM=1"
          + " GIT_CONFIG_GLOBAL=/dev/null GIT_TERMINAL_PROMPT=0 ";

  private static final String ROOT = "/usr/bin/sudo -n -- ";

  private CanonicalLine() {}

  /** The line that would run. */
  public static String of(List<Rendered> calls) {
    StringBuilder line = new StringBuilder(256);
    for (Rendered call : calls) {
      line.append(call.join().written()).append(CLEAN);
      if (call.root()) {
        line.append(ROOT);
      }
      String blank = "";
      for (String word : call.vector()) {
        line.append(blank);
        quote(word, line);
        blank = " ";
      }
      call.redirections().forEach(redirection -> line.append(' ').append(redirection.written()));
    }
    return line.toString();
  }

  private static void quote(String word, StringBuilder line) {
    if (isPlain(word)) {
      line.append(word);
      return;
    }
    line.append('\'');
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) == '\'') {
        line.append("'\\''");
      } else {
        line.append(word.charAt(i));
      }
    }
    line.append('\'');
  }

  private static boolean isPlain(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && (c < '0' || c > '9') && "/._-:,+@%".indexOf(c) < 0) {
        return false;
      }
    }
    return !word.isEmpty();
  }
}
