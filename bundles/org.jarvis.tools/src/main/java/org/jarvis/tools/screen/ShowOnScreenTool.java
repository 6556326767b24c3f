package org.jarvis.tools.screen;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jarvis.api.screen.Screen;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.tools.form.InputSchema;

/**
 * {@code show_on_screen}. Its arguments are one flat object, of which each kind has members of its
 * own: a choice between objects at the top is what the tools of some models may not have.
 */
final class ShowOnScreenTool extends ScreenTool {
  /** The longest text but for a log's line; in characters. */
  static final int LONGEST_CELL = 400;

  static final int LONGEST_LINE = 2_000;

  private static final int LONGEST_REF = 300;
  private static final int SHORT = 160;
  private static final int MOST_SERIES = 6;
  private static final int MOST_COLUMNS = 20;
  private static final int MOST_ROWS = 500;
  private static final int MOST_LINES = 5_000;
  private static final int MOST_FACTS = 60;
  private static final int MOST_STEPS = 50;

  ShowOnScreenTool(Supplier<Optional<Screen>> screen) {
    super(
        screen,
        "show_on_screen",
        "Show on the screen",
        "Puts a chart of measured figures, a table, a log, a resource or a plan onto the centre of"
            + " everybody's page, in the place of what was shown there. Use it for what is easier"
            + " seen than told. Each kind has members of its own: chart series and minutes, table"
            + " columns and rows, log lines, resource ref and facts, plan steps. All of it is plain"
            + " text: markup is shown as it is written. It changes nothing but the screen, and"
            + " carries out no plan.",
        schema());
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
  String words() {
    return "It is on everybody's screen, until something else is shown there.";
  }

  @Override
  Screen.Shown change(Screen present, ToolContext context) {
    return present.show(
        ShownContent.of(context.arguments(), context.liveState()),
        context.principal().name(),
        context.origin());
  }
}
