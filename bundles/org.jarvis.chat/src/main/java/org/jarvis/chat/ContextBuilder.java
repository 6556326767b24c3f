package org.jarvis.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.chat.MessagePart;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.Instruction;
import org.jarvis.api.llm.ModelCapabilities;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.RequestLimits;
import org.jarvis.api.llm.ToolSchema;
import org.jarvis.api.llm.Turn;
import org.jarvis.api.text.InertText;

/**
 * What a model is told: who it is, what goes on, what can be asked for, and as much of the talk as
 * there is room for, the newest first. Safe from any thread.
 */
final class ContextBuilder {
  private static final long MOST_HISTORY = 60_000;
  private static final long MOST_DIGEST = 4_000;
  private static final int SHARE_OF_DIGEST = 6;
  private static final int SHARE_OF_TOOLS = 3;
  private static final int OLD_RESULT = 600;
  private static final int RECENT = 2;
  private static final ModelCapabilities LARGE = new ModelCapabilities(200_000, 8_000, true);
  private static final RequestLimits SHORT = new RequestLimits(1_000, Duration.ofSeconds(10));

  private final Persona persona;
  private final ClusterDigest digest;
  private final ToolChoice tools;

  ContextBuilder(Persona persona, ClusterDigest digest, ToolChoice tools) {
    this.persona = persona;
    this.digest = digest;
    this.tools = tools;
  }

  /**
   * A request that goes on with this talk.
   *
   * @param model what the model can do
   * @param limits what the answer may take
   */
  ModelRequest build(Talk talk, ModelCapabilities model, RequestLimits limits) {
    return build(talk.entries(), model, limits);
  }

  /**
   * Makes a context of what is there that nobody is told: the first one of a life loads a hundred
   * classes, for which a person would wait.
   */
  void rehearse(Instant now) {
    build(List.of(Entry.said("rehearsal", now, "How are things?")), LARGE, SHORT);
  }

  private ModelRequest build(List<Entry> entries, ModelCapabilities model, RequestLimits limits) {
    long room =
        (long) model.contextTokens() - Math.min(limits.outputTokens(), model.outputTokens());
    String self = persona.text();
    String now = digest.text(Math.min(MOST_DIGEST, room / SHARE_OF_DIGEST));
    List<ToolSchema> offered =
        model.tools() ? tools.of(room / SHARE_OF_TOOLS, lastWords(entries)) : List.of();
    long rest =
        room - Tokens.of(self) - Tokens.of(now) - offered.stream().mapToLong(Tokens::of).sum();
    return new ModelRequest(
        List.of(new Instruction(self, true), new Instruction(now, false)),
        history(entries, Math.min(MOST_HISTORY, rest)),
        offered,
        limits);
  }

  private static String lastWords(List<Entry> entries) {
    StringBuilder words = new StringBuilder();
    int from = Math.max(0, entries.size() - 2 * RECENT);
    entries
        .subList(from, entries.size())
        .forEach(entry -> words.append(entry.message().text()).append(' '));
    return InertText.cut(words.toString(), 4_000);
  }

  /** The newest entries that fit, and at least what is to be answered. */
  private static List<Turn> history(List<Entry> entries, long tokens) {
    List<List<Turn>> chosen = new ArrayList<>();
    long taken = 0;
    for (int i = entries.size() - 1; i >= 0; i--) {
      boolean recent = i >= entries.size() - RECENT;
      List<Turn> turns = recent ? whole(entries.get(i)) : old(whole(entries.get(i)));
      taken += Tokens.of(turns);
      if (taken > tokens && !recent) {
        break;
      }
      chosen.add(0, turns);
    }
    return joined(chosen);
  }

  /** What was said in an entry, with an outcome for each call in any case. */
  private static List<Turn> whole(Entry entry) {
    List<Turn> turns = new ArrayList<>(entry.turns());
    Turn.Answered open = entry.unanswered();
    if (open != null && open.parts().stream().anyMatch(AnswerPart.Asking.class::isInstance)) {
      turns.add(
          new Turn.Results(
              open.parts().stream()
                  .filter(AnswerPart.Asking.class::isInstance)
                  .map(part -> outcome((AnswerPart.Asking) part, entry))
                  .toList()));
    }
    return turns;
  }

  private static Turn.ToolOutcome outcome(AnswerPart.Asking asking, Entry entry) {
    String summary =
        entry.calls().stream()
            .filter(call -> call.callId().endsWith(CallDesk.JOINT + asking.id()))
            .map(MessagePart.ToolCall::summary)
            .filter(told -> !told.isBlank())
            .findFirst()
            .orElse("It is not known what came of it.");
    return new Turn.ToolOutcome(
        asking.id(),
        ResultText.shortened(Json.object().put("summary", summary), ResultText.MOST),
        true);
  }

  private static List<Turn> old(List<Turn> turns) {
    return turns.stream()
        .map(
            turn ->
                turn instanceof Turn.Results results
                    ? new Turn.Results(
                        results.outcomes().stream().map(ContextBuilder::old).toList(),
                        results.remark())
                    : turn)
        .toList();
  }

  private static Turn.ToolOutcome old(Turn.ToolOutcome outcome) {
    String text = outcome.text();
    if (text.length() <= OLD_RESULT) {
      return outcome;
    }
    boolean json = text.startsWith("{");
    return new Turn.ToolOutcome(
        outcome.callId(),
        json
            ? ResultText.shortened((ObjectNode) Json.read(text), OLD_RESULT)
            : InertText.cut(text, OLD_RESULT) + "…",
        outcome.error());
  }

  /** One conversation, as protocols demand it: a person begins, and both speak in turn. */
  private static List<Turn> joined(List<List<Turn>> entries) {
    List<Turn> turns = new ArrayList<>();
    for (List<Turn> entry : entries) {
      for (Turn turn : entry) {
        Turn last = turns.isEmpty() ? null : turns.get(turns.size() - 1);
        if (last == null && !(turn instanceof Turn.Said)) {
          break;
        }
        if (turn instanceof Turn.Said said && last instanceof Turn.Said before) {
          turns.set(turns.size() - 1, new Turn.Said(before.text() + "\n\n" + said.text()));
        } else if (turn instanceof Turn.Said && last instanceof Turn.Results) {
          turns.add(new Turn.Answered(List.of(new AnswerPart.Text("(I was interrupted here.)"))));
          turns.add(turn);
        } else if (turn instanceof Turn.Answered && last instanceof Turn.Answered) {
          turns.add(new Turn.Said("(Go on.)"));
          turns.add(turn);
        } else {
          turns.add(turn);
        }
      }
    }
    return turns;
  }
}
