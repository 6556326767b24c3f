package org.jarvis.testkit.llm;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/** JSON as the dialects send it. */
final class SampleJson {
  private static final int PIECE = 5;

  private SampleJson() {}

  static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }

  /** A text in pieces that respect nothing. */
  static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    for (int i = 0; i < text.length(); i += PIECE) {
      pieces.add(text.substring(i, Math.min(text.length(), i + PIECE)));
    }
    return pieces;
  }
}
