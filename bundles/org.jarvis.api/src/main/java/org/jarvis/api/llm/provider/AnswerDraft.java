package org.jarvis.api.llm.provider;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jarvis.api.llm.Answer;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.StopReason;
import org.jarvis.api.llm.TokenUsage;
import org.jarvis.api.llm.ToolSchema;
import org.jarvis.api.tool.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is put together from what a server sent. It keeps what holds for every protocol:
 * calls have ids of their own, calls of what nobody offered are none, and what was cut or refused
 * asks for nothing. Used by one thread at a time.
 */
public final class AnswerDraft {
  /** Far more than any answer has. */
  private static final int MOST_PARTS = 512;

  private final Set<String> offered;
  private final List<AnswerPart> parts = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  /** A draft of an answer to this request. */
  public AnswerDraft(ModelRequest request) {
    this.offered = request.tools().stream().map(ToolSchema::name).collect(Collectors.toSet());
  }

  /** Adds words. */
  public void text(String words) {
    if (!words.isEmpty()) {
      add(new AnswerPart.Text(words));
    }
  }

  /** Adds what only its protocol understands. */
  public void opaque(String format, String payload) {
    add(new AnswerPart.Opaque(format, payload));
  }

  /**
   * Adds a call.
   *
   * @param id as the server says; empty, or one that was used before, is replaced
   * @param name the tool
   * @param arguments what it is called with; {@code null} where that is no JSON object
   */
  public void call(String id, String name, @Nullable Arguments arguments) {
    String own = id.isEmpty() || ids.contains(id) ? "call_" + UUID.randomUUID() : id;
    ids.add(own);
    if (!offered.contains(name)) {
      add(new AnswerPart.UnusableCall(own, name, "There is no tool of this name."));
    } else if (arguments == null) {
      add(new AnswerPart.UnusableCall(own, name, "The arguments are not a JSON object."));
    } else {
      add(new AnswerPart.Call(own, name, arguments));
    }
  }

  private void add(AnswerPart part) {
    if (parts.size() >= MOST_PARTS) {
      throw new IllegalStateException("The answer has too many parts to make sense.");
    }
    parts.add(part);
  }

  /**
   * The answer. That it asks for tools is judged by what it holds, since servers differ in what
   * they say; but whatever ended for another reason than being complete asks for nothing.
   */
  public Answer finish(
      StopReason told, TokenUsage usage, String model, @Nullable String requestId) {
    boolean complete = told == StopReason.END || told == StopReason.TOOL_CALLS;
    boolean asks = parts.stream().anyMatch(AnswerPart.Asking.class::isInstance);
    if (complete) {
      return new Answer(
          parts, asks ? StopReason.TOOL_CALLS : StopReason.END, usage, model, requestId);
    }
    List<AnswerPart> said =
        parts.stream().filter(part -> !(part instanceof AnswerPart.Asking)).toList();
    return new Answer(said, told, usage, model, requestId);
  }
}
