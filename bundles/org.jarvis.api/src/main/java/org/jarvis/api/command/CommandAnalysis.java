package org.jarvis.api.command;

import java.util.List;
import java.util.Optional;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Touch;
import org.jspecify.annotations.Nullable;

/**
 * What a command means on a host. What is not understood is never taken for harmless.
 *
 * @param parsed whether the strict grammar understands all of it
 * @param tier the tier of the strictest program in it; what does not parse is BLACK
 * @param effect the most severe effect of any program in it
 * @param consent the gesture that a person gives it with
 * @param autoRuns whether a model or an MCP client could run it without a person: GREEN, and it
 *     contacts nobody whom Jarvis does not know
 * @param canonical what would run: every word quoted, every program by its absolute path, with the
 *     clean environment; empty when nothing ever would
 * @param vectors the argument vectors that were decided on, in their order, program paths resolved;
 *     exactly what the host's shell makes of {@link #canonical}
 * @param affected what it does more to than look at it; empty for one that only observes
 * @param reasons why it is judged so, for people: names the word that is the reason
 * @param instead what would be accepted instead, for people; {@code null} where nothing comes to
 *     mind, or nothing is refused
 */
public record CommandAnalysis(
    boolean parsed,
    Tier tier,
    Effect effect,
    Consent consent,
    boolean autoRuns,
    String canonical,
    List<List<String>> vectors,
    List<Affected> affected,
    List<String> reasons,
    @Nullable String instead) {
  /** Keeps the lists from changing, and refuses what contradicts itself. */
  public CommandAnalysis {
    vectors = vectors.stream().map(List::copyOf).toList();
    affected = List.copyOf(affected);
    reasons = List.copyOf(reasons);
    if (effect == Effect.OBSERVES != (tier == Tier.GREEN)) {
      throw new IllegalArgumentException("What observes is GREEN, and nothing else is.");
    }
    if (!parsed && tier != Tier.BLACK) {
      throw new IllegalArgumentException("What is not understood never runs.");
    }
    if (autoRuns && tier != Tier.GREEN) {
      throw new IllegalArgumentException("Only what is GREEN runs without a person.");
    }
  }

  /**
   * What has to be decided on before it runs: what it affects, or all of the host where it changes
   * something and does not say what.
   *
   * @param host the host's name
   */
  public List<Affected> decisive(String host) {
    return affected.isEmpty()
        ? unsaid().map(touch -> new Affected(Affected.Kind.HOST, host, touch)).stream().toList()
        : affected;
  }

  private Optional<Touch> unsaid() {
    return switch (effect) {
      case OBSERVES -> Optional.empty();
      case CHANGES -> Optional.of(Touch.RECONFIGURES);
      case DISRUPTS -> Optional.of(Touch.TAKES_DOWN);
      case DESTROYS -> Optional.of(Touch.REMOVES);
    };
  }
}
