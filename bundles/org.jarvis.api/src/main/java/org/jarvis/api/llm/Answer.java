package org.jarvis.api.llm;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer.
 *
 * @param parts what it consists of, in order
 * @param stop why it ended
 * @param usage what it used
 * @param model the model that answered, as the server says
 * @param requestId by what the server knows the exchange; {@code null} where it did not tell
 */
public record Answer(
    List<AnswerPart> parts,
    StopReason stop,
    TokenUsage usage,
    String model,
    @Nullable String requestId) {
  /** Refuses calls in an answer that was not finished: half a wish is none. */
  public Answer {
    parts = List.copyOf(parts);
    boolean asks = parts.stream().anyMatch(AnswerPart.Asking.class::isInstance);
    if (asks != (stop == StopReason.TOOL_CALLS)) {
      throw new IllegalArgumentException(
          "An answer asks for tools exactly where it ended in order to.");
    }
  }

  /** All words of it. */
  public String text() {
    return parts.stream()
        .filter(AnswerPart.Text.class::isInstance)
        .map(part -> ((AnswerPart.Text) part).text())
        .collect(Collectors.joining());
  }

  /** What it asks for and can be done, in order. */
  public List<AnswerPart.Call> calls() {
    return parts.stream()
        .filter(AnswerPart.Call.class::isInstance)
        .map(AnswerPart.Call.class::cast)
        .toList();
  }

  /** What to hand back in the next request; empty where there are neither words nor calls. */
  public Optional<Turn.Answered> turn() {
    return parts.stream().allMatch(AnswerPart.Opaque.class::isInstance)
        ? Optional.empty()
        : Optional.of(new Turn.Answered(parts));
  }
}
