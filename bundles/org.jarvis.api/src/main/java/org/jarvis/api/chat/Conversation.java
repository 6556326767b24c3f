package org.jarvis.api.chat;

import java.time.Instant;
import java.util.List;

/**
 * A conversation as it is at a moment. Immutable; each change makes a new value with a higher
 * revision.
 *
 * @param id its id
 * @param title what it is about; from its first words until a person names it
 * @param owner the account that began it
 * @param createdAt when it began
 * @param changedAt when something was last said in it
 * @param state whether somebody is awaited
 * @param messages what was said, oldest first
 * @param revision grows with each change, also with each piece of an answer
 */
public record Conversation(
    String id,
    String title,
    String owner,
    Instant createdAt,
    Instant changedAt,
    State state,
    List<Message> messages,
    long revision) {
  /** The longest title, in characters. */
  public static final int MAX_TITLE = 80;

  /** Whether somebody is awaited. */
  public enum State {
    /** Nothing goes on; the person may say something. */
    IDLE,
    /** Jarvis is about to answer, or answers. */
    RUNNING,
    /** An action that was asked for waits for a person; the turn goes on after that. */
    AWAITING_APPROVAL
  }

  /** Keeps the list from changing. */
  public Conversation {
    messages = List.copyOf(messages);
  }

  /**
   * A conversation in a list.
   *
   * @param id its id
   * @param title what it is about
   * @param createdAt when it began
   * @param changedAt when something was last said in it
   * @param state whether somebody is awaited
   * @param messages how many messages it has
   */
  public record Summary(
      String id, String title, Instant createdAt, Instant changedAt, State state, int messages) {}
}
