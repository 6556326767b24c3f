package org.jarvis.tools.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Node;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.screen.Screen;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.testkit.screen.FakeScreen;
import org.jarvis.tools.FakeContext;
import org.jarvis.tools.Home;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments.ArgumentSet;
import org.junit.jupiter.params.provider.MethodSource;

class ScreenToolsTest {
  private static final String NODE = "pve:home:node:pve1";
  private static final List<Object> SERIES = List.of(Map.of("ref", NODE, "figure", "cpu"));

  private final Home home = new Home();
  private final FakeScreen screen = new FakeScreen(Home.CLOCK);
  private final Tool show = new ShowOnScreenTool(() -> Optional.of(screen));
  private final Tool clear = new ClearScreenTool(() -> Optional.of(screen));

  @BeforeEach
  void build() {
    home.nodes.add(Home.node("pve1", Node.Status.ONLINE));
  }

  private ToolResult run(Tool tool, Map<String, Object> arguments) {
    return tool.run(new FakeContext(new Arguments(arguments), home));
  }

  private Map<String, Object> shown(Map<String, Object> arguments) {
    run(show, arguments);
    return screen.current().orElseThrow().content().values();
  }

  private JarvisException failure(Tool tool, Map<String, Object> arguments) {
    JarvisException failure =
        catchThrowableOfType(JarvisException.class, () -> run(tool, arguments));
    assertThat(failure).as("%s", arguments).isNotNull();
    return failure;
  }

  static Stream<Map<String, Object>> kinds() {
    return Stream.of(
        Map.of("show", "chart", "title", "Load", "series", SERIES, "minutes", 30),
        Map.of(
            "show",
            "table",
            "title",
            "Guests",
            "columns",
            List.of("name", "cpu", "up"),
            "rows",
            List.of(Arrays.asList("media", 0.5, true), Arrays.asList("web", null))),
        Map.of("show", "log", "title", "Journal", "lines", List.of("one", "  two")),
        Map.of(
            "show",
            "resource",
            "title",
            "pve1",
            "ref",
            NODE,
            "facts",
            List.of(Map.of("label", "Fans", "value", 3))),
        Map.of("show", "resource", "title", "pve1", "ref", NODE),
        Map.of(
            "show",
            "plan",
            "title",
            "Update",
            "steps",
            List.of(Map.of("title", "Back up", "detail", "all of it"), Map.of("title", "Do it"))));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void putsEachKindOntoTheScreenAsThePageReadsIt(Map<String, Object> arguments) {
    assertThat(shown(arguments)).isEqualTo(arguments);
  }

  @Test
  void saysByWhomAndByWhichWay() {
    ToolResult result = run(show, kinds().findFirst().orElseThrow());

    Screen.Shown shown = screen.current().orElseThrow();
    assertThat(shown.by()).isEqualTo("ada");
    assertThat(shown.origin()).isEqualTo(Origin.CHAT);
    assertThat(result.data())
        .containsEntry("revision", 1L)
        .containsEntry("show", "chart")
        .containsEntry("title", "Load");
  }

  @Test
  void observesOnly() {
    for (Tool tool : List.of(show, clear)) {
      ToolUse use = tool.use(Arguments.none());
      assertThat(use.tier()).isEqualTo(Tier.GREEN);
      assertThat(use.consent()).isEqualTo(Consent.NONE);
      assertThat(use.targets()).isEmpty();
    }
  }

  @Test
  void drawsAnHourUnlessToldOtherwise() {
    assertThat(shown(Map.of("show", "chart", "title", "Load", "series", SERIES)))
        .containsEntry("minutes", 60);
  }

  static Stream<ArgumentSet> misfits() {
    return Stream.of(
        misfit("series", Map.of("show", "chart", "title", "x")),
        misfit("rows", Map.of("show", "table", "title", "x", "columns", List.of("a"))),
        misfit("columns", Map.of("show", "table", "title", "x", "rows", List.of())),
        misfit("lines", Map.of("show", "log", "title", "x")),
        misfit("ref", Map.of("show", "resource", "title", "x")),
        misfit("steps", Map.of("show", "plan", "title", "x")),
        misfit(
            "lines",
            Map.of("show", "chart", "title", "x", "series", SERIES, "lines", List.of("a"))),
        misfit("minutes", Map.of("show", "log", "title", "x", "lines", List.of(), "minutes", 60)),
        misfit(
            "rows/1",
            Map.of(
                "show",
                "table",
                "title",
                "x",
                "columns",
                List.of("a"),
                "rows",
                List.of(List.of(1), List.of(1, 2)))),
        misfit("title", Map.of("show", "log", "title", "\u200b \u0007", "lines", List.of())),
        misfit(
            "steps/0/title",
            Map.of("show", "plan", "title", "x", "steps", List.of(Map.of("title", "\u202e")))),
        misfit("ref", Map.of("show", "resource", "title", "x", "ref", "pve1")));
  }

  private static ArgumentSet misfit(String field, Map<String, Object> arguments) {
    return org.junit.jupiter.params.provider.Arguments.argumentSet(
        field + " of " + arguments, field, arguments);
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void namesWhatDoesNotFit(String field, Map<String, Object> arguments) {
    JarvisException failure = failure(show, arguments);

    assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_ARGUMENTS);
    assertThat(failure.fields()).hasSize(1);
    assertThat(failure.fields().get(0).field()).isEqualTo(field);
    assertThat(screen.current()).isEmpty();
  }

  @Test
  void namesTheResourceThatIsNotThere() {
    for (Map<String, Object> arguments :
        List.<Map<String, Object>>of(
            Map.of("show", "resource", "title", "x", "ref", "pve:home:guest:999"),
            Map.of(
                "show",
                "chart",
                "title",
                "x",
                "series",
                List.of(
                    Map.of("ref", NODE, "figure", "cpu"),
                    Map.of("ref", "pve:home:guest:999", "figure", "cpu"))))) {
      JarvisException failure = failure(show, arguments);
      assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND);
      assertThat(failure).hasMessageContaining("pve:home:guest:999");
    }
    assertThat(screen.current()).isEmpty();
  }

  @Test
  void letsNothingThroughThatIsNotSeen() {
    String hostile =
        "\u001b[31mred\u001b[0m\u202e evil\u2066 \u200bze\u00adro\tand\r\n\u2028more\u0000"
            + "\ufe0f\u3164\u034f\udb40\udd11\ue000\udbff\udb40\udc41\u001b]0;title\u0007<b>x</b>";
    String plain = "red evil ze ro and more <b>x</b>";
    String logged = "red evil zero and more <b>x</b>";

    assertThat(
            shown(
                Map.of(
                    "show",
                    "table",
                    "title",
                    hostile,
                    "columns",
                    List.of(hostile),
                    "rows",
                    List.of(List.of(hostile)))))
        .isEqualTo(
            Map.of(
                "show",
                "table",
                "title",
                plain,
                "columns",
                List.of(plain),
                "rows",
                List.of(List.of(plain))));
    assertThat(
            shown(
                Map.of("show", "log", "title", "x", "lines", List.of("\u001b[1m  " + hostile, ""))))
        .containsEntry("lines", List.of("  " + logged, ""));
    assertThat(
            shown(
                Map.of(
                    "show",
                    "plan",
                    "title",
                    "x",
                    "steps",
                    List.of(Map.of("title", hostile, "detail", hostile)))))
        .containsEntry("steps", List.of(Map.of("title", plain, "detail", plain)));
    assertThat(
            shown(
                Map.of(
                    "show",
                    "resource",
                    "title",
                    "x",
                    "ref",
                    NODE,
                    "facts",
                    List.of(Map.of("label", hostile, "value", hostile)))))
        .containsEntry("facts", List.of(Map.of("label", plain, "value", plain)));
  }

  @Test
  void clearsWhatIsShown() {
    run(show, kinds().findFirst().orElseThrow());
    ToolResult result = run(clear, Map.of());

    assertThat(screen.current().orElseThrow().isEmpty()).isTrue();
    assertThat(result.data()).containsEntry("revision", 2L).containsEntry("show", null);
  }

  @Test
  void clearsOnlyWhatIsStillShownWhereToldSo() {
    run(show, kinds().findFirst().orElseThrow());
    run(show, kinds().skip(2).findFirst().orElseThrow());

    assertThat(failure(clear, Map.of("revision", 1)).code()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(screen.current().orElseThrow().isEmpty()).isFalse();
    run(clear, Map.of("revision", 2));
    assertThat(screen.current().orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void areUnavailableWithTheReasonWhileThereIsNoScreen() {
    for (Tool tool : ScreenTools.all(Optional::empty)) {
      assertThat(tool.unavailable().orElseThrow()).contains("org.jarvis.core");
      assertThat(failure(tool, Map.of("show", "log", "title", "x", "lines", List.of())).code())
          .isEqualTo(ErrorCode.PART_MISSING);
    }
    for (Tool tool : List.of(show, clear)) {
      assertThat(tool.unavailable()).isEmpty();
    }
  }
}
