package org.jarvis.console.command;

import java.util.List;
import org.jarvis.api.tool.ToolCatalogue;
import org.jarvis.console.Parts;

/** The tools in columns: name, tier, and what it does or why it cannot be used. */
final class ToolsReport {
  private final Parts parts;

  ToolsReport(Parts parts) {
    this.parts = parts;
  }

  void write(Lines lines) {
    List<ToolCatalogue.Entry> tools = parts.catalogue().require().tools();
    int width = tools.stream().mapToInt(tool -> tool.definition().name().length()).max().orElse(1);
    for (ToolCatalogue.Entry tool : tools) {
      String name = tool.definition().name();
      lines.add(
          "%s  %-6s  %s"
              .formatted(name + " ".repeat(width - name.length()), tool.tier(), standing(tool)));
    }
    lines.add("");
    lines.add(
        "jarvis:run TOOL key=value… runs one; jarvis:run TOOL with a wrong key tells its keys.");
  }

  private static String standing(ToolCatalogue.Entry tool) {
    return tool.unavailable() == null ? "available" : "unavailable: " + tool.unavailable();
  }
}
