package org.jarvis.llm.offline.house;

import java.util.List;
import org.jarvis.api.resource.Resource;

/**
 * A word that names something.
 *
 * @param at which word of the sentence
 * @param length how many words
 * @param meant what it may be, at least one
 * @param exact whether it names that letter by letter, in whatever case, or by its number
 */
public record Mention(int at, int length, List<Resource> meant, boolean exact) {
  /** Keeps the list from changing. */
  public Mention {
    meant = List.copyOf(meant);
  }
}
