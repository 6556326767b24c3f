package org.jarvis.console.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.Approval;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.tool.ToolCatalogue;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.console.Parts;
import org.jspecify.annotations.Nullable;

/** Asks the gate for a tool and tells what became of it. */
final class ToolRun {
  /** Whoever has a shell on this machine. */
  static final Principal CONSOLE = new Principal("console", PrincipalKind.CONSOLE, "console");

  private static final int LONGEST_WAIT = 300;
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Parts parts;

  ToolRun(Parts parts) {
    this.parts = parts;
  }

  void run(String tool, List<String> words, int wait, Lines lines) {
    checkWait(wait);
    ToolCatalogue.Entry entry =
        parts
            .catalogue()
            .require()
            .tool(tool)
            .orElseThrow(
                () ->
                    new JarvisException(
                        ErrorCode.UNKNOWN_TOOL,
                        "There is no tool '" + tool + "'. jarvis:tools lists those that are."));
    ActionGate gate = parts.gate().require();
    Action asked =
        gate.submit(
            new ActionRequest(
                tool, new ToolArguments(entry.definition()).read(words), CONSOLE, Origin.CONSOLE));
    follow(asked, wait, lines);
  }

  /** Tells what became of an action that was asked for, and waits for its end first. */
  void follow(Action asked, int wait, Lines lines) {
    write(asked.state().ended() ? asked : await(parts.gate().require(), asked, wait), lines);
  }

  /** Refuses a wait that is too long. */
  static void checkWait(int wait) {
    if (wait < 0 || wait > LONGEST_WAIT) {
      throw wrongWait();
    }
  }

  /** The seconds that follow {@code --wait} among the arguments. */
  static int seconds(String text) {
    if (!SECONDS.matcher(text).matches()) {
      throw wrongWait();
    }
    return Integer.parseInt(text);
  }

  private static JarvisException wrongWait() {
    return new JarvisException(
        ErrorCode.INVALID_INPUT, "--wait is a number of seconds from 0 to " + LONGEST_WAIT + ".");
  }

  private static Action await(ActionGate gate, Action asked, int wait) {
    try {
      return gate.await(asked.id(), Duration.ofSeconds(wait));
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
      return asked;
    }
  }

  private static void write(Action action, Lines lines) {
    lines.add("Action", action.id());
    lines.add("What", action.summary());
    lines.add("State", action.state().name());
    lines.add("Tier", action.tier().name());
    action
        .verdicts()
        .forEach(
            verdict ->
                lines.add(
                    "Reason",
                    verdict.policy() + " (" + verdict.verdict() + "): " + verdict.reason()));
    switch (action.state()) {
      case AWAITING_APPROVAL -> writeApproval(action.approval(), lines);
      case RUNNING -> lines.add("It goes on by itself. jarvis:actions tells how it stands.");
      case SUCCEEDED -> writeResult(action.result(), lines);
      case REFUSED, FAILED, UNKNOWN, REJECTED, EXPIRED, CANCELLED -> throw failure(action);
    }
  }

  private static void writeApproval(@Nullable Approval approval, Lines lines) {
    if (approval == null) {
      return;
    }
    lines.add("Approval", approval.id() + ", until " + approval.expiresAt());
    lines.add("Consent", approval.consent().word());
    lines.add(
        "A person has to approve it in the browser, in the list of approvals. The console cannot.");
  }

  private static void writeResult(@Nullable ToolResult result, Lines lines) {
    if (result == null || result.data().isEmpty()) {
      return;
    }
    try {
      JSON.writeValueAsString(result.data()).lines().forEach(lines::add);
    } catch (JsonProcessingException unwritable) {
      throw new JarvisException(
          ErrorCode.INTERNAL, "The result cannot be shown as JSON.", unwritable);
    }
  }

  private static JarvisException failure(Action action) {
    Action.Failure failure = action.failure();
    return failure == null
        ? new JarvisException(ErrorCode.CONFLICT, action.summary())
        : new JarvisException(failure.code(), failure.message());
  }
}
