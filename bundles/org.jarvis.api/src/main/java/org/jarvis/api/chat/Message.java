package org.jarvis.api.chat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one side said in one go.
 *
 * @param id its id
 * @param role who
 * @param at when it began
 * @param parts what it consists of, in order
 * @param whole whether it is finished; one that is not grows at its end
 * @param answerer who answered; {@code null} for a person's words, and until somebody is asked
 */
public record Message(
    String id,
    Role role,
    Instant at,
    List<MessagePart> parts,
    boolean whole,
    @Nullable Answerer answerer) {
  /** Who says something. */
  public enum Role {
    /** The person, or whoever has a token of theirs. */
    USER,
    /** Jarvis. */
    ASSISTANT
  }

  /** Keeps the list from changing. */
  public Message {
    parts = List.copyOf(parts);
  }

  /** All words of it, those of notices included. */
  public String text() {
    return parts.stream()
        .map(MessagePart::words)
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining("\n\n"));
  }
}
