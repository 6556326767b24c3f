package org.jarvis.chat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jarvis.api.chat.MessagePart.ToolCall;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.Turn;

/**
 * What a turn needs.
 *
 * @param providers who can be asked, the first to ask first
 * @param context what they are told
 * @param desk where their wishes go
 * @param spending what they may cost
 * @param ledger where it is written down that they were asked
 * @param settings what a turn may take
 * @param waiting told of an action that has not ended, and its conversation
 * @param clock the time
 */
record TurnParts(
    Supplier<List<Providers.Known>> providers,
    ContextBuilder context,
    CallDesk desk,
    Spending spending,
    ModelLedger ledger,
    Supplier<ChatSettings> settings,
    BiConsumer<String, String> waiting,
    Clock clock) {
  /** What a conversation notes where a person stopped Jarvis. */
  static final String STOPPED = "Stopped.";

  private static final String STILL_WAITS =
      "Stopped. What waits for a person could not be withdrawn and still waits: decide on it.";

  /** An entry that a person stopped, with how its calls stand now. */
  Entry stopped(Entry entry) {
    Entry now = entry;
    for (ToolCall call : entry.calls()) {
      now = now.with(desk.now(call));
    }
    String remark = now.calls().stream().anyMatch(CallDesk::waits) ? STILL_WAITS : STOPPED;
    return answered(now).noting(remark).finished();
  }

  /** An entry whose last calls have their results, as they stand. */
  Entry answered(Entry entry) {
    Turn.Answered open = entry.unanswered();
    if (open == null) {
      return entry;
    }
    List<AnswerPart.Asking> asked =
        open.parts().stream()
            .filter(AnswerPart.Asking.class::isInstance)
            .map(AnswerPart.Asking.class::cast)
            .toList();
    List<ToolCall> calls = entry.calls();
    if (asked.isEmpty() || calls.size() != asked.size()) {
      return entry;
    }
    List<Turn.ToolOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      outcomes.add(desk.outcome(asked.get(i), calls.get(i)));
    }
    return entry.withTurn(new Turn.Results(outcomes));
  }
}
