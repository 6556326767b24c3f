package org.jarvis.api.tool;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.safety.Tier;
import org.jspecify.annotations.Nullable;

/**
 * What a tool is, for people, models and the gate.
 *
 * @param name verb and noun such as {@code start_vm}; unique in the catalogue
 * @param title for buttons and menus, such as {@code Start}
 * @param description what it does, when to use it and what it does not do, for people and models
 * @param inputSchema JSON Schema (draft 2020-12) of the arguments: an object that allows no further
 *     properties, at no depth
 * @param outputSchema JSON Schema (draft 2020-12) of {@link ToolResult#data()}, {@code null} where
 *     that is not described
 * @param targetKind what it acts on
 * @param effect the most severe effect that any arguments can have
 * @param tier the tier that such arguments are judged at; milder ones may be milder
 * @param idempotent whether doing it twice is the same as doing it once
 * @param timeLimit how long a use may take in all
 * @param inverse the tool that undoes it, {@code null} when there is none
 */
public record ToolDefinition(
    String name,
    String title,
    String description,
    String inputSchema,
    @Nullable String outputSchema,
    ResourceKind targetKind,
    Effect effect,
    Tier tier,
    boolean idempotent,
    Duration timeLimit,
    @Nullable String inverse) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:_[a-z0-9]+)+");
  private static final int MAX_NAME_LENGTH = 64;
  private static final Duration OBSERVING_TIME = Duration.ofSeconds(10);

  /** Refuses names that models and MCP could not use, understatements, senseless time limits. */
  public ToolDefinition {
    if (!NAME.matcher(name).matches() || name.length() > MAX_NAME_LENGTH) {
      throw new IllegalArgumentException(
          "A tool's name is a verb and a noun in lower case, joined by underscores: " + name);
    }
    if (timeLimit.isNegative() || timeLimit.isZero()) {
      throw new IllegalArgumentException("The tool " + name + " needs a time limit above zero.");
    }
    if (effect == Effect.OBSERVES != (tier == Tier.GREEN)) {
      throw new IllegalArgumentException(
          "The tool " + name + " is not GREEN as what observes is, or is so and does not observe.");
    }
  }

  /** A tool whose tier is that of its effect, and whose results are not described. */
  public ToolDefinition(
      String name,
      String title,
      String description,
      String inputSchema,
      ResourceKind targetKind,
      Effect effect,
      boolean idempotent,
      Duration timeLimit,
      @Nullable String inverse) {
    this(
        name,
        title,
        description,
        inputSchema,
        null,
        targetKind,
        effect,
        effect.leastTier(),
        idempotent,
        timeLimit,
        inverse);
  }

  /** A tool that observes, with ten seconds to do so. */
  public static ToolDefinition observing(
      String name, String title, String description, String inputSchema, ResourceKind targetKind) {
    return new ToolDefinition(
        name,
        title,
        description,
        inputSchema,
        targetKind,
        Effect.OBSERVES,
        true,
        OBSERVING_TIME,
        null);
  }

  /** Whether it only ever observes. */
  public boolean observes() {
    return effect == Effect.OBSERVES;
  }

  /** What its results look like. */
  public Optional<String> resultSchema() {
    return Optional.ofNullable(outputSchema);
  }

  /** The name of the tool that undoes this one. */
  public Optional<String> inverseName() {
    return Optional.ofNullable(inverse);
  }
}
