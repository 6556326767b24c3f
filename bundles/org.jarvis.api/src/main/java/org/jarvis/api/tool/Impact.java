package org.jarvis.api.tool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an action would mean, for the person who is asked. Made by code from arguments and live
 * state, never by a model.
 *
 * @param summary one sentence
 * @param effects the consequences, each one sentence
 * @param undo how it can be undone, {@code null} when it cannot
 */
public record Impact(String summary, List<String> effects, @Nullable String undo) {
  private static final Impact NONE = new Impact("Changes nothing.", List.of(), null);

  /** Keeps the list from changing. */
  public Impact {
    effects = List.copyOf(effects);
  }

  /** The impact of what only observes. */
  public static Impact none() {
    return NONE;
  }
}
