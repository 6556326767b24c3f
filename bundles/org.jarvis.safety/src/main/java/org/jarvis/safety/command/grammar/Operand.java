package org.jarvis.safety.command.grammar;

import org.jarvis.api.tool.Touch;
import org.jspecify.annotations.Nullable;

/**
 * An operand of a form, or an option's value.
 *
 * @param kind its kind
 * @param touch what becomes of what it names; {@code null} when nothing does
 * @param list whether it may be several, separated by commas
 */
public record Operand(OperandKind kind, @Nullable Touch touch, boolean list) {
  /** Why the word is none; {@code null} when it is one. */
  @Nullable String objection(String word, boolean free, PathRules paths) {
    if (word.startsWith("-") && !(free && kind.free())) {
      return "begins with a hyphen, which a program may take for an option";
    }
    if (!list) {
      return kind.check().objection(word, paths);
    }
    for (String part : word.split(",", -1)) {
      String objection = kind.check().objection(part, paths);
      if (objection != null) {
        return objection;
      }
    }
    return null;
  }
}
