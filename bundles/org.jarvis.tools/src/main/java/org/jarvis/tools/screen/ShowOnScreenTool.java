package org.jarvis.tools.screen;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.screen.Screen;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.tools.form.InputSchema;

/**
 * {@code show_on_screen}. Its arguments are one flat object, of which each kind has members of its
 * own: a choice between objects at the top is what the tools of some models may not have.
 */
final class ShowOnScreenTool implements Tool {
  private static final String TITLE = "Show on the screen";
  private static final int LONGEST_REF = 300;
  private static final int SHORT = 160;
  private static final int LONGEST_CELL = 400;
  private static final int LONGEST_LINE = 2_000;
  private static final int MOST_SERIES = 6;
  private static final int MOST_COLUMNS = 20;
  private static final int MOST_ROWS = 500;
  private static final int MOST_LINES = 5_000;
  private static final int MOST_FACTS = 60;
  private static final int MOST_STEPS = 50;

  private final Supplier<Optional<Screen>> screen;
  private final ToolDefinition definition =
      new ToolDefinition(
          "show_on_screen",
          TITLE,
          "Puts a chart of measured figures, a table, a log, a resource or a plan onto the centre of"
              + " everybody's page, in the place of what was shown there. Use it for what is easier"
              + " seen than told. Each kind has members of its own: chart series and minutes, table"
              + " columns and rows, log lines, resource ref and facts, plan steps. All of it is plain"
              + " text: markup is shown as it is written. It changes nothing but the screen, and"
              + " carries out no plan.",
          schema(),
          ScreenTools.result().resultSchema(),
          ResourceKind.CLUSTER,
          Effect.OBSERVES,
          Tier.GREEN,
          true,
          Duration.ofSeconds(10),
          null);

  ShowOnScreenTool(Supplier<Optional<Screen>> screen) {
    this.screen = screen;
  }

  private static String schema() {
    return InputSchema.of(
        List.of("show", "title"),
        InputSchema.choice("show", ShownContent.kinds(), "What kind of thing it is."),
        InputSchema.words("title", SHORT, "What it is about, in a few words."),
        InputSchema.objects(
            "series",
            1,
            MOST_SERIES,
            "The lines of a chart.",
            List.of("ref", "figure"),
            ref("Whose figure it is, such as pve:home:node:pve1."),
            InputSchema.choice("figure", ShownContent.FIGURES, "Which figure is drawn."),
            InputSchema.words("label", SHORT, "What the line is called, if not by its resource.")),
        InputSchema.whole(
            "minutes", 5, 1_440, 60, "How far back a chart goes; it keeps up with time."),
        InputSchema.wordList("columns", MOST_COLUMNS, SHORT, "The titles of a table's columns."),
        InputSchema.cells(
            "rows",
            MOST_ROWS,
            MOST_COLUMNS,
            LONGEST_CELL,
            "The rows of a table: as many cells as columns at most."),
        InputSchema.wordList(
            "lines", MOST_LINES, LONGEST_LINE, "The lines of a log, oldest first."),
        ref("Which resource is shown, such as pve:home:guest:101."),
        InputSchema.objects(
            "facts",
            0,
            MOST_FACTS,
            "What there is to say of a resource besides.",
            List.of("label", "value"),
            InputSchema.words("label", SHORT, "What it is about."),
            InputSchema.cell("value", LONGEST_CELL, "How that is, in words or as a figure.")),
        InputSchema.objects(
            "steps",
            1,
            MOST_STEPS,
            "The steps of a plan, in their order.",
            List.of("title"),
            InputSchema.words("title", SHORT, "What is done in it."),
            InputSchema.words("detail", LONGEST_CELL, "How, or what to look out for.")));
  }

  private static String ref(String description) {
    return InputSchema.words("ref", LONGEST_REF, description);
  }

  @Override
  public ToolDefinition definition() {
    return definition;
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return ToolUse.observing(TITLE, List.of());
  }

  @Override
  public Optional<String> unavailable() {
    return ScreenTools.unavailable(screen);
  }

  /** None: a resource's own page shows it already. */
  @Override
  public List<ToolOffer> offers(Resource resource) {
    return List.of();
  }

  @Override
  public ToolResult run(ToolContext context) {
    Arguments content = ShownContent.of(context.arguments(), context.liveState());
    Screen.Shown shown =
        ScreenTools.require(screen).show(content, context.principal().name(), context.origin());
    return new ToolResult(
        "It is on everybody's screen, until something else is shown there.",
        ScreenTools.result().row(shown));
  }
}
