package org.jarvis.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.jarvis.api.resource.Node;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.tools.host.HouseHosts;
import org.junit.jupiter.api.Test;

/** Holds the documents' tables of tools to the catalogue. */
class ToolsDocumentTest {
  private static final Path DOCUMENTS = Path.of("../../docs");

  @Test
  void listsEveryToolOfTheCatalogueAndNoOther() throws IOException {
    List<String> rows =
        Files.readAllLines(DOCUMENTS.resolve("tools.md")).stream()
            .filter(line -> line.matches("\\| `[a-z_]+` \\| (GREEN|YELLOW|RED) \\| .*"))
            .toList();

    assertThat(rows).containsExactlyElementsOf(expected());
  }

  @Test
  void namesEveryToolInTheRowOfItsTier() throws IOException {
    List<String> rows =
        Files.readAllLines(DOCUMENTS.resolve("safety.md")).stream()
            .filter(line -> line.matches("\\| (GREEN|YELLOW|RED|RED, typed) \\|.*"))
            .toList();

    for (Tool tool : tools()) {
      ToolUse use = tool.use(SampleArguments.of(tool.definition().name()));
      String tier = tier(use);
      assertThat(rows)
          .as(tool.definition().name())
          .anySatisfy(
              row ->
                  assertThat(row)
                      .startsWith("| " + tier + " |")
                      .contains("`" + tool.definition().name() + "`"));
    }
  }

  private static String tier(ToolUse use) {
    boolean typed = use.consent() == Consent.TYPED;
    return use.tier() + (use.tier() == Tier.RED && typed ? ", typed" : "");
  }

  private static List<Tool> tools() {
    Home home = new Home();
    home.nodes.add(Home.node("pve1", Node.Status.ONLINE));
    return Toolbox.tools(home, HouseHosts.commands(home), Home.CLOCK, duration -> {});
  }

  /** One row for each, the mildest first. */
  private static List<String> expected() {
    return tools().stream()
        .sorted(
            Comparator.comparing((Tool tool) -> tool.definition().tier())
                .thenComparing(tool -> tool.definition().effect())
                .thenComparing(tool -> tool.definition().name()))
        .map(ToolsDocumentTest::row)
        .toList();
  }

  private static String row(Tool tool) {
    ToolDefinition definition = tool.definition();
    String description = definition.description();
    String first = description.substring(0, description.indexOf(". ") + 1);
    return "| `%s` | %s | %s | %s |"
        .formatted(
            definition.name(),
            definition.tier(),
            definition.inverseName().map(name -> "`" + name + "`").orElse(""),
            tool.unavailable().isPresent() ? "Not available. " + first : first);
  }
}
