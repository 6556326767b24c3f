package org.jarvis.llm.offline;

import java.util.ArrayList;
import java.util.List;

/** Cuts an answer into pieces that are shown one after the other, between words. */
final class Pieces {
  private static final int LENGTH = 60;

  private Pieces() {}

  static List<String> of(String text) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    while (text.length() - from > LENGTH) {
      int blank = text.indexOf(' ', from + LENGTH);
      int to = blank < 0 ? text.length() : blank + 1;
      pieces.add(text.substring(from, to));
      from = to;
    }
    if (from < text.length()) {
      pieces.add(text.substring(from));
    }
    return pieces;
  }
}
