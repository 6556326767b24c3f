package org.jarvis.persistence.sqlite;

import java.text.Normalizer;

/**
 * Text in which letters that differ in case alone are the same, to be searched. Each character is
 * folded by itself, so that a part of a text folds to the same part of the folded one.
 */
final class FoldedText {
  private FoldedText() {}

  /** The text as it is searched. */
  static String of(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        // Up first: some letters, as the two small sigmas of Greek, have one capital.
        .map(Character::toUpperCase)
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
