package org.jarvis.api.tool;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A use of a tool that makes sense on a resource: one entry of its menu.
 *
 * @param arguments the arguments, as far as they follow from the resource
 * @param obstacle why the resource's present state stands against it, {@code null} when nothing
 *     does
 */
public record ToolOffer(Arguments arguments, @Nullable String obstacle) {
  /** An offer that nothing stands against. */
  public ToolOffer(Arguments arguments) {
    this(arguments, null);
  }

  /** Why it makes no sense right now; the menu shows it disabled, with this reason. */
  public Optional<String> reason() {
    return Optional.ofNullable(obstacle);
  }
}
