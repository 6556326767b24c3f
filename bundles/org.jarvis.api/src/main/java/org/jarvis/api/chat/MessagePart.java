package org.jarvis.api.chat;

import java.time.Instant;
import java.util.Map;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jspecify.annotations.Nullable;

/** A part of a message. */
public sealed interface MessagePart {
  /** What it says in words; empty where it says none. */
  String words();

  /**
   * Words, as Markdown where Jarvis says them. Hostile where a model wrote them.
   *
   * @param words the words so far
   */
  record Words(String words) implements MessagePart {}

  /**
   * Something that Jarvis itself has to say about the answer: why another provider answered, what
   * stopped it. No model can write one.
   *
   * @param words one or two sentences
   */
  record Notice(String words) implements MessagePart {}

  /**
   * A tool that was asked for, as an action of the gate.
   *
   * @param callId the model's id of the call, unique within the message
   * @param tool the tool's name
   * @param title what it does, in words
   * @param arguments what it was called with
   * @param action the id of the action; {@code null} before there is one, and where there is none
   *     because the call was not one
   * @param state how the action stands; {@code null} before there is one. {@link
   *     ActionState#REFUSED} also where the call was not one
   * @param tier the tier that it was judged at; {@code null} before that
   * @param approval the id of the approval that it waits for; {@code null} where it waits for none
   * @param summary one sentence on how it stands, or why it came to nothing
   * @param data what it brought to light, {@code null} until then; hostile, and cut where it is
   *     large
   * @param startedAt when it was asked for
   * @param endedAt when it ended, {@code null} until then
   */
  record ToolCall(
      String callId,
      String tool,
      String title,
      Arguments arguments,
      @Nullable String action,
      @Nullable ActionState state,
      @Nullable Tier tier,
      @Nullable String approval,
      String summary,
      @Nullable Map<String, @Nullable Object> data,
      Instant startedAt,
      @Nullable Instant endedAt)
      implements MessagePart {
    @Override
    public String words() {
      return "";
    }
  }
}
