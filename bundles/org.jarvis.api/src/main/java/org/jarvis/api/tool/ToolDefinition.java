package org.jarvis.api.tool;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jarvis.api.resource.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * What a tool is, for people, models and the gate.
 *
 * @param name verb and noun such as {@code start_vm}; unique in the catalogue
 * @param title for buttons and menus, such as {@code Start}
 * @param description what it does, when to use it and what it does not do, for people and models
 * @param inputSchema JSON Schema (draft 2020-12) of the arguments: an object that allows no further
 *     properties
 * @param targetKind what it acts on
 * @param effect the most severe effect that any arguments can have
 * @param idempotent whether doing it twice is the same as doing it once
 * @param timeLimit how long a use may take in all
 * @param inverse the tool that undoes it, {@code null} when there is none
 */
public record ToolDefinition(
    String name,
    String title,
    String description,
    String inputSchema,
    ResourceKind targetKind,
    Effect effect,
    boolean idempotent,
    Duration timeLimit,
    @Nullable String inverse) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:_[a-z0-9]+)+");
  private static final int MAX_NAME_LENGTH = 64;

  /** Refuses names that models and MCP could not use, and senseless time limits. */
  public ToolDefinition {
    if (!NAME.matcher(name).matches() || name.length() > MAX_NAME_LENGTH) {
      throw new IllegalArgumentException(
          "A tool's name is a verb and a noun in lower case, joined by underscores: " + name);
    }
    if (timeLimit.isNegative() || timeLimit.isZero()) {
      throw new IllegalArgumentException("The tool " + name + " needs a time limit above zero.");
    }
  }

  /** Whether it only ever observes. */
  public boolean observes() {
    return effect == Effect.OBSERVES;
  }

  /** The name of the tool that undoes this one. */
  public Optional<String> inverseName() {
    return Optional.ofNullable(inverse);
  }
}
