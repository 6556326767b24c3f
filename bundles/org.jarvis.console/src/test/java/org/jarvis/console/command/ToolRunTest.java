package org.jarvis.console.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.tool.Arguments;
import org.jarvis.console.Parts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolRunTest {
  private final Parts parts = new Parts();
  private final FakeGate core = new FakeGate();
  private final List<String> lines = new ArrayList<>();

  @BeforeEach
  void fill() {
    parts.gate().add(core);
    parts.catalogue().add(core);
  }

  private void run(String tool, String... words) {
    new ToolRun(parts).run(tool, List.of(words), 5, lines::add);
  }

  @Test
  void asksTheGateAsTheConsoleWithArgumentsByTheirTypes() {
    run(
        "do_all",
        "node=pve1",
        "vmid=101",
        "share=0.5",
        "hard=true",
        "tags=[\"a\",\"b=c\"]",
        "note=a = b",
        "more={\"x\":1}");

    ActionRequest request = core.requests.get(0);
    assertThat(request.tool()).isEqualTo("do_all");
    assertThat(request.principal().kind()).isEqualTo(PrincipalKind.CONSOLE);
    assertThat(request.origin()).isEqualTo(Origin.CONSOLE);
    assertThat(request.arguments())
        .isEqualTo(
            new Arguments(
                Map.of(
                    "node",
                    "pve1",
                    "vmid",
                    101,
                    "share",
                    0.5,
                    "hard",
                    true,
                    "tags",
                    List.of("a", "b=c"),
                    "note",
                    "a = b",
                    "more",
                    Map.of("x", 1))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          vmid        | write key=value
          =1          | write key=value
          confirmed=1 | do_all has no argument 'confirmed'. do_all takes: hard=boolean
          vmid=101a   | 'vmid' is a whole number
          vmid=1.5    | 'vmid' is a whole number
          share=many  | 'share' is a number
          share=NaN   | 'share' is a number
          hard=yes    | 'hard' is true or false
          tags=a      | 'tags' is JSON
          tags={}     | 'tags' is JSON
          more=[]     | 'more' is JSON
          more={} x   | 'more' is JSON
          """)
  void saysWhatIsExpectedOfAWordThatIsWrongAndAsksForNothing(String word, String message) {
    assertThatThrownBy(() -> run("do_all", word))
        .isInstanceOf(JarvisException.class)
        .hasMessageContaining(message);
    assertThat(core.requests).isEmpty();
  }

  @Test
  void refusesWhatIsGivenTwice() {
    assertThatThrownBy(() -> run("do_all", "vmid=101", "vmid=102"))
        .hasMessageContaining("given twice");
  }

  @Test
  void namesWhereToolsAreListed() {
    assertThatThrownBy(() -> run("do_nothing")).hasMessageContaining("jarvis:tools");
    assertThatThrownBy(() -> new ToolRun(parts).run("do_all", List.of(), 301, lines::add))
        .hasMessageContaining("--wait");
  }

  @Test
  void takesTheWaitThatComesAmongTheArguments() {
    assertThat(ToolRun.seconds("60")).isEqualTo(60);
    for (String wrong : List.of("", "-1", "soon", "vmid=1", "1e3")) {
      assertThatThrownBy(() -> ToolRun.seconds(wrong)).hasMessageContaining("--wait is a number");
    }
  }

  @Test
  void tellsTheOutcomeWithTierAndReasons() {
    run("do_all");

    assertThat(lines)
        .contains(
            "Action       action-1",
            "State        SUCCEEDED",
            "Tier         RED",
            "Reason       tier (allow): A reason.")
        .anySatisfy(line -> assertThat(line).contains("\"n\" : 1"));
  }

  @Test
  void namesTheApprovalAndWhereToGiveIt() {
    core.next = ActionState.AWAITING_APPROVAL;

    run("do_all");

    assertThat(lines)
        .contains("State        AWAITING_APPROVAL", "Consent      hold")
        .anySatisfy(line -> assertThat(line).startsWith("Approval     approval-1, until "))
        .anySatisfy(line -> assertThat(line).contains("in the browser", "The console cannot"));
  }

  @Test
  void failsWhereItWasRefusedAndSaysWhy() {
    core.next = ActionState.REFUSED;

    assertThatThrownBy(() -> run("do_all"))
        .isInstanceOfSatisfying(
            JarvisException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.REFUSED))
        .hasMessage("It is protected.");
    assertThat(lines).contains("State        REFUSED");
  }

  @Test
  void saysWhatIsMissing() {
    parts.gate().remove(core);

    assertThatThrownBy(() -> run("do_all")).hasMessageContaining("org.jarvis.core");
  }

  @Test
  void listsToolsWithTierAndReason() {
    new ToolsReport(parts).write(lines::add);

    assertThat(lines)
        .contains("do_all   RED     available", "do_less  GREEN   unavailable: It is asleep.");
  }

  @Test
  void listsActionsNewestFirst() {
    new ActionsReport(parts).write(20, lines::add);
    assertThat(lines).containsExactly("Nothing was asked for yet.");

    lines.clear();
    run("do_all");
    lines.clear();
    new ActionsReport(parts).write(20, lines::add);

    assertThat(lines).hasSize(2);
    assertThat(lines.get(1))
        .startsWith("2026-03-01 12:00:00  SUCCEEDED")
        .contains("RED", "console (console)", "do_all: ", "[action-1]");
    assertThatThrownBy(() -> new ActionsReport(parts).write(0, lines::add))
        .hasMessageContaining("--limit is a number from 1 to 200");
  }
}
