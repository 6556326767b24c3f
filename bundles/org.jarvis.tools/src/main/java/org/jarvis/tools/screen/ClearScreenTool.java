package org.jarvis.tools.screen;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
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

/** {@code clear_screen}. */
final class ClearScreenTool implements Tool {
  private static final String TITLE = "Clear the screen";
  private static final String REVISION = "revision";

  private final Supplier<Optional<Screen>> screen;
  private final ToolDefinition definition =
      new ToolDefinition(
          "clear_screen",
          TITLE,
          "Takes away what show_on_screen put onto the centre of everybody's page, which then shows"
              + " its usual self again. Use it once what is shown is talked about no more.",
          InputSchema.of(
              List.of(),
              InputSchema.whole(
                  REVISION,
                  1,
                  Long.MAX_VALUE,
                  "Only if this is still shown: the revision that show_on_screen told.")),
          ScreenTools.result().resultSchema(),
          ResourceKind.CLUSTER,
          Effect.OBSERVES,
          Tier.GREEN,
          true,
          Duration.ofSeconds(10),
          null);

  ClearScreenTool(Supplier<Optional<Screen>> screen) {
    this.screen = screen;
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

  @Override
  public List<ToolOffer> offers(Resource resource) {
    return List.of();
  }

  @Override
  public ToolResult run(ToolContext context) {
    Screen present = ScreenTools.require(screen);
    Object wanted = context.arguments().values().get(REVISION);
    long shown = present.current().map(Screen.Shown::revision).orElse(0L);
    if (wanted instanceof Number revision && revision.longValue() != shown) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          "Something else is shown by now (revision " + shown + "), so it was left as it is.");
    }
    Screen.Shown cleared = present.clear(context.principal().name(), context.origin());
    return new ToolResult("Nothing more is shown.", ScreenTools.result().row(cleared));
  }
}
