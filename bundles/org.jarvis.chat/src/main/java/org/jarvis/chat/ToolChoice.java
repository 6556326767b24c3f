package org.jarvis.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jarvis.api.llm.ToolSchema;
import org.jarvis.api.tool.ToolCatalogue;

/**
 * Which tools a model is offered: all that can be used, or, where there is not room for all, those
 * that the talk is about, and a few that are always of use. In the order of their names, so that a
 * cache knows them again.
 */
final class ToolChoice {
  private static final Set<String> ALWAYS =
      Set.of(
          "get_cluster_status",
          "get_vms",
          "get_containers",
          "get_node_status",
          "start_vm",
          "start_container",
          "stop_vm",
          "stop_container",
          "show_on_screen");

  private final ToolCatalogue catalogue;

  ToolChoice(ToolCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** As many as these tokens hold, for a talk that uses these words. */
  List<ToolSchema> of(long tokens, String talk) {
    List<ToolSchema> all =
        catalogue.tools().stream()
            .filter(entry -> entry.unavailable() == null)
            .map(entry -> ToolSchema.of(entry.definition()))
            .sorted(Comparator.comparing(ToolSchema::name))
            .toList();
    if (all.stream().mapToLong(Tokens::of).sum() <= tokens) {
      return all;
    }
    Set<String> spoken = words(talk);
    List<ToolSchema> chosen = new ArrayList<>();
    long taken = 0;
    for (ToolSchema tool :
        all.stream()
            .sorted(Comparator.comparingInt((ToolSchema tool) -> worth(tool, spoken)).reversed())
            .toList()) {
      long size = Tokens.of(tool);
      if (taken + size <= tokens) {
        chosen.add(tool);
        taken += size;
      }
    }
    chosen.sort(Comparator.comparing(ToolSchema::name));
    return chosen;
  }

  private static int worth(ToolSchema tool, Set<String> spoken) {
    Set<String> own = words(tool.name().replace('_', ' '));
    int common = (int) own.stream().filter(spoken::contains).count() * 4;
    common += (int) words(tool.description()).stream().filter(spoken::contains).count();
    return common + (ALWAYS.contains(tool.name()) ? 3 : 0);
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1))
        .filter(word -> word.length() > 2)
        .collect(Collectors.toCollection(HashSet::new));
  }
}
