package org.jarvis.chat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.Approval;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.chat.MessagePart.ToolCall;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.Turn;
import org.jarvis.api.text.InertText;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.ToolCatalogue;
import org.jarvis.api.tool.ToolDefinition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what a model asks for to the one gate, and brings back what came of it. What only observes
 * runs side by side, what changes something one after the other in the model's order. Safe from any
 * thread.
 */
final class CallDesk {
  private static final Logger LOG = LoggerFactory.getLogger(CallDesk.class);

  /**
   * Between the number of an answer and the model's own id, so that ids are unique in a message.
   */
  static final String JOINT = ":";

  private static final int REPEATS = 2;
  private static final Duration SLICE = Duration.ofMillis(200);

  private final ActionGate gate;
  private final ToolCatalogue catalogue;
  private final Executor executor;
  private final Clock clock;

  CallDesk(ActionGate gate, ToolCatalogue catalogue, Executor executor, Clock clock) {
    this.gate = gate;
    this.catalogue = catalogue;
    this.executor = executor;
    this.clock = clock;
  }

  /**
   * The calls of an answer as people see them before anything is done. What cannot be one, is over
   * the limit or was asked for again and again has come to nothing already.
   */
  List<ToolCall> plan(List<AnswerPart.Asking> asked, Entry entry, int mostCalls) {
    List<ToolCall> before =
        entry.parts().stream()
            .filter(ToolCall.class::isInstance)
            .map(ToolCall.class::cast)
            .collect(Collectors.toCollection(ArrayList::new));
    List<ToolCall> calls = new ArrayList<>();
    for (AnswerPart.Asking asking : asked) {
      ToolCall call = plan(asking, entry.turns().size(), before, mostCalls);
      calls.add(call);
      before.add(call);
    }
    return calls;
  }

  private ToolCall plan(
      AnswerPart.Asking asking, int answer, List<ToolCall> before, int mostCalls) {
    ToolCall call =
        new ToolCall(
            answer + JOINT + asking.id(),
            asking.name(),
            title(asking.name()),
            asking instanceof AnswerPart.Call real ? real.arguments() : Arguments.none(),
            null,
            null,
            null,
            null,
            "",
            null,
            clock.instant(),
            null);
    if (asking instanceof AnswerPart.UnusableCall unusable) {
      return nothing(call, Inert.line(unusable.reason(), 400));
    }
    if (before.size() >= mostCalls) {
      return nothing(
          call, "No more than " + mostCalls + " tools may be asked for in one turn. Answer now.");
    }
    String same = ResultText.canonical(call.arguments().values());
    long repeats =
        before.stream()
            .filter(one -> one.tool().equals(call.tool()))
            .filter(one -> ResultText.canonical(one.arguments().values()).equals(same))
            .count();
    return repeats >= REPEATS
        ? nothing(
            call,
            "The same was asked for "
                + repeats
                + " times in this turn; the answer will not be another one.")
        : call;
  }

  private String title(String tool) {
    return catalogue.tool(tool).map(entry -> entry.definition().title()).orElse(tool);
  }

  private ToolCall nothing(ToolCall call, String why) {
    return new ToolCall(
        call.callId(),
        call.tool(),
        call.title(),
        call.arguments(),
        null,
        ActionState.REFUSED,
        null,
        null,
        why,
        null,
        call.startedAt(),
        clock.instant());
  }

  /**
   * Asks the gate for those of these calls that have not come to nothing, and waits until each has
   * ended, waits for a person, or is not waited for any longer.
   *
   * @param voice in whose name, and whose typed words speak for one change
   * @param patient false once nobody waits any longer; then nothing more is asked for
   * @param changed told of each change of a call, from several threads
   */
  void run(List<ToolCall> calls, Voice voice, BooleanSupplier patient, Consumer<ToolCall> changed) {
    List<CompletableFuture<Void>> reads = new ArrayList<>();
    List<ToolCall> writes = new ArrayList<>();
    for (ToolCall call : calls) {
      if (call.state() != null) {
        continue;
      }
      if (observes(call.tool())) {
        reads.add(CompletableFuture.runAsync(() -> ask(call, voice, patient, changed), executor));
      } else {
        writes.add(call);
      }
    }
    reads.forEach(CompletableFuture::join);
    writes.forEach(call -> ask(call, voice, patient, changed));
  }

  private boolean observes(String tool) {
    return catalogue
        .tool(tool)
        .map(ToolCatalogue.Entry::definition)
        .filter(ToolDefinition::observes)
        .isPresent();
  }

  private void ask(
      ToolCall call, Voice voice, BooleanSupplier patient, Consumer<ToolCall> changed) {
    if (!patient.getAsBoolean()) {
      changed.accept(nothing(call, "It was stopped before this was asked for."));
      return;
    }
    boolean observes = observes(call.tool());
    Action action;
    try {
      action =
          gate.submit(
              new ActionRequest(
                  call.tool(),
                  call.arguments(),
                  voice.speaker(),
                  Origin.CHAT,
                  observes ? null : voice.typed()));
    } catch (JarvisException failure) {
      // Here alone nothing was done. Whatever fails after this, there is an action.
      changed.accept(nothing(call, InertText.lines(words(failure))));
      return;
    }
    if (!observes && action.state() != ActionState.AWAITING_APPROVAL) {
      voice.used();
    }
    changed.accept(as(call, action));
    try {
      while (action.state() == ActionState.RUNNING && patient.getAsBoolean()) {
        action = gate.await(action.id(), SLICE);
      }
    } catch (JarvisException unknown) {
      LOG.warn("The action {} cannot be waited for: {}", action.id(), unknown.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return;
    }
    changed.accept(as(call, action));
  }

  private static String words(JarvisException failure) {
    StringBuilder words = new StringBuilder(failure.getMessage());
    failure
        .fields()
        .forEach(
            field ->
                words.append("\n- ").append(field.field()).append(": ").append(field.message()));
    return words.toString();
  }

  /** A call as its action stands. */
  ToolCall as(ToolCall call, Action action) {
    Approval approval = action.approval();
    boolean waits = action.state() == ActionState.AWAITING_APPROVAL;
    return new ToolCall(
        call.callId(),
        call.tool(),
        call.title(),
        call.arguments(),
        action.id(),
        action.state(),
        action.tier(),
        waits && approval != null ? approval.id() : null,
        ResultText.summary(action),
        ResultText.data(action.result()),
        call.startedAt(),
        ended(action));
  }

  private @Nullable Instant ended(Action action) {
    if (!action.state().ended()) {
      return null;
    }
    return action.endedAt() == null ? clock.instant() : action.endedAt();
  }

  /** A call as it stands now; one whose action nobody knows any more cannot be told. */
  ToolCall now(ToolCall call) {
    if (call.action() == null || (call.state() != null && call.state().ended())) {
      return call;
    }
    return gate.find(call.action())
        .map(action -> as(call, action))
        .orElseGet(
            () ->
                new ToolCall(
                    call.callId(),
                    call.tool(),
                    call.title(),
                    call.arguments(),
                    call.action(),
                    ActionState.UNKNOWN,
                    call.tier(),
                    null,
                    "The record of this action is gone, so what came of it cannot be told.",
                    call.data(),
                    call.startedAt(),
                    clock.instant()));
  }

  /** A call that was about to be made when Jarvis ended. It is not made again. */
  ToolCall interrupted(ToolCall call) {
    return new ToolCall(
        call.callId(),
        call.tool(),
        call.title(),
        call.arguments(),
        null,
        ActionState.UNKNOWN,
        call.tier(),
        null,
        "Jarvis ended at this moment, so it is not known whether it was asked for. Look at the"
            + " actions before it is asked for again.",
        null,
        call.startedAt(),
        clock.instant());
  }

  /**
   * Withdraws what waits for a person. Where a person was faster it goes on, and where the gate
   * does not let it be withdrawn it goes on waiting; {@link #now} tells which.
   */
  void withdraw(ToolCall call, Principal by) {
    if (call.action() == null || !waits(now(call))) {
      return;
    }
    try {
      gate.withdraw(call.action(), by);
    } catch (JarvisException refused) {
      LOG.info("The action {} was not withdrawn: {}", call.action(), refused.getMessage());
    }
  }

  /** Whether its action waits for a person. */
  static boolean waits(ToolCall call) {
    return call.state() == ActionState.AWAITING_APPROVAL;
  }

  /** What the model is told of a call. */
  Turn.ToolOutcome outcome(AnswerPart.Asking asking, ToolCall call) {
    boolean well = call.state() == ActionState.SUCCEEDED;
    Action action = call.action() == null ? null : gate.find(call.action()).orElse(null);
    String text;
    if (action != null) {
      text = ResultText.of(action, ResultText.MOST);
    } else {
      text =
          ResultText.shortened(
              Json.object()
                  .put("state", call.state() == null ? "UNKNOWN" : call.state().name())
                  .put("summary", call.summary()),
              ResultText.MOST);
    }
    boolean goesOn =
        call.state() == ActionState.RUNNING || call.state() == ActionState.AWAITING_APPROVAL;
    return new Turn.ToolOutcome(asking.id(), text, !well && !goesOn);
  }

  /** Whether nothing more comes of a call by itself. */
  static boolean rests(ToolCall call) {
    return call.state() != null && call.state().ended();
  }
}
