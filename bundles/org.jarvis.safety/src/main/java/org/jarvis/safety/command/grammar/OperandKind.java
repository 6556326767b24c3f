package org.jarvis.safety.command.grammar;

import org.jarvis.api.command.Affected;
import org.jspecify.annotations.Nullable;

/**
 * A kind of operand.
 *
 * @param name as forms name it
 * @param check tells whether a word is one
 * @param affects what it names that something can become of; {@code null} where it names nothing
 * @param contacts whether naming it has the program contact it
 * @param free whether it may begin with a hyphen where a program cannot take it for an option
 */
public record OperandKind(
    String name, Check check, Affected.@Nullable Kind affects, boolean contacts, boolean free) {
  /** Tells whether a word is of a kind. */
  @FunctionalInterface
  public interface Check {
    /**
     * Why it is not, as the end of a sentence that begins with the word; {@code null} when it is.
     */
    @Nullable String objection(String word, PathRules paths);
  }
}
