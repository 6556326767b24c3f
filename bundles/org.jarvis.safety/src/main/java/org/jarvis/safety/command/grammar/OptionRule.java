package org.jarvis.safety.command.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An option that a form allows.
 *
 * @param names all its names, with their hyphens
 * @param arity whether it has a value
 * @param value what its value looks like; {@code null} when it has none
 * @param required whether it has to be there
 */
record OptionRule(List<String> names, Arity arity, @Nullable Shape value, boolean required) {
  /** The name of an option that is a hyphen and a number. */
  static final String NUMERIC = "-<number>";

  OptionRule {
    names = List.copyOf(names);
  }

  /** Whether an option has a value. */
  enum Arity {
    /** Never. */
    NONE,
    /** Always: attached, or the next word. */
    VALUE,
    /** If one is attached. */
    ATTACHED,
    /** If one is attached, or the next word fits. */
    MAYBE
  }

  @Override
  public String toString() {
    return names.get(0) + (arity == Arity.VALUE ? " " + value : "");
  }
}
