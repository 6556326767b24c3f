package org.jarvis.safety.command.grammar;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Filters of jq, which can print, pick and compute; all but those that load files or ask the host.
 */
final class JqFilter {
  private static final Set<String> BANNED =
      Set.of(
          "import",
          "include",
          "modulemeta",
          "env",
          "ENV",
          "input",
          "inputs",
          "input_filename",
          "debug",
          "stderr",
          "halt_error",
          "repeat",
          "range",
          "until",
          "while",
          "def",
          "get_search_list");

  private static final int LONGEST = 512;

  private JqFilter() {}

  /** Why the filter may not run; {@code null} when it may. */
  static @Nullable String objection(String filter, PathRules paths) {
    if (filter.length() > LONGEST) {
      return "is too long for a filter";
    }
    ScriptText text = new ScriptText(filter);
    while (!text.atEnd()) {
      String name = text.takeName();
      if (BANNED.contains(name)) {
        return "uses '" + name + "', which reaches beyond its input or may not end";
      }
      if (name.isEmpty()) {
        text.take();
      }
    }
    return null;
  }
}
