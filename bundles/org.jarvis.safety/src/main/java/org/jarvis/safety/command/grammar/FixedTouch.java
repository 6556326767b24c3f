package org.jarvis.safety.command.grammar;

import org.jarvis.api.command.Affected;
import org.jarvis.api.tool.Touch;

/**
 * What a form does something to without an operand that names it.
 *
 * @param kind what it is
 * @param name which one; empty for the host itself
 * @param touch what becomes of it
 */
public record FixedTouch(Affected.Kind kind, String name, Touch touch) {
  /** Reads {@code host takes-down} or {@code service docker interrupts}. */
  static FixedTouch read(String text) {
    String[] words = text.strip().split(" +", -1);
    if (words.length == 2 && words[0].equals(Affected.Kind.HOST.word())) {
      return new FixedTouch(Affected.Kind.HOST, "", OperandKinds.touch(words[1]));
    }
    for (Affected.Kind kind : Affected.Kind.values()) {
      if (words.length == 3 && kind.word().equals(words[0])) {
        return new FixedTouch(kind, words[1], OperandKinds.touch(words[2]));
      }
    }
    throw new SynopsisProblem(
        "'" + text.strip() + "' is not like 'host takes-down' or 'service docker interrupts'.");
  }
}
