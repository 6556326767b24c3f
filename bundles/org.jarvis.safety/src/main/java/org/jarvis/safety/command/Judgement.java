package org.jarvis.safety.command;

import java.util.List;
import org.jarvis.api.command.CommandAnalysis;

/**
 * An analysis, with what only the safety policies need to know.
 *
 * @param analysis what everybody may know
 * @param mentions words that may name more that the command does something to
 */
public record Judgement(CommandAnalysis analysis, List<String> mentions) {
  /** Keeps the list from changing. */
  public Judgement {
    mentions = List.copyOf(mentions);
  }
}
