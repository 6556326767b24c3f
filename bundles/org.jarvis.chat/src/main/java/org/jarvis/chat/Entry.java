package org.jarvis.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.chat.Answerer;
import org.jarvis.api.chat.Message;
import org.jarvis.api.chat.MessagePart;
import org.jarvis.api.llm.Turn;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is kept: what people see of it, and what models are told of it later.
 *
 * @param id its id
 * @param role who says it
 * @param at when it began
 * @param parts what people see
 * @param turns what models are told: of a person their words, of Jarvis answers and results in turn
 * @param begun which part is the first of the last answer; those before belong to earlier ones
 * @param whole whether it is finished
 * @param answerer who answered, {@code null} until somebody did
 */
record Entry(
    String id,
    Message.Role role,
    Instant at,
    List<MessagePart> parts,
    List<Turn> turns,
    int begun,
    boolean whole,
    @Nullable Answerer answerer) {
  Entry {
    parts = List.copyOf(parts);
    turns = List.copyOf(turns);
  }

  static Entry said(String id, Instant at, String text) {
    return new Entry(
        id,
        Message.Role.USER,
        at,
        List.of(new MessagePart.Words(text)),
        List.of(new Turn.Said(text)),
        0,
        true,
        null);
  }

  static Entry answering(String id, Instant at) {
    return new Entry(id, Message.Role.ASSISTANT, at, List.of(), List.of(), 0, false, null);
  }

  Message message() {
    return new Message(id, role, at, parts, whole, answerer);
  }

  Entry with(List<MessagePart> nextParts, List<Turn> nextTurns, int nextBegun) {
    return new Entry(id, role, at, nextParts, nextTurns, nextBegun, whole, answerer);
  }

  Entry withParts(List<MessagePart> next) {
    return with(next, turns, begun);
  }

  Entry withTurn(Turn turn) {
    List<Turn> next = new ArrayList<>(turns);
    next.add(turn);
    return with(parts, next, parts.size());
  }

  Entry by(@Nullable Answerer next) {
    return new Entry(id, role, at, parts, turns, begun, whole, next);
  }

  Entry noting(String words) {
    List<MessagePart> next = new ArrayList<>(parts);
    next.add(new MessagePart.Notice(words));
    return withParts(next);
  }

  Entry finished() {
    return new Entry(id, role, at, parts, turns, begun, true, answerer);
  }

  /** The calls of the last answer, as far as they were made. */
  List<MessagePart.ToolCall> calls() {
    return parts.subList(Math.min(begun, parts.size()), parts.size()).stream()
        .filter(MessagePart.ToolCall.class::isInstance)
        .map(MessagePart.ToolCall.class::cast)
        .toList();
  }

  /** The same with one of its calls as it stands now. */
  Entry with(MessagePart.ToolCall call) {
    return withParts(
        parts.stream()
            .map(
                part ->
                    part instanceof MessagePart.ToolCall one && one.callId().equals(call.callId())
                        ? call
                        : part)
            .toList());
  }

  /** The last answer, where its calls still have no results. */
  Turn.@Nullable Answered unanswered() {
    return !turns.isEmpty() && turns.get(turns.size() - 1) instanceof Turn.Answered answered
        ? answered
        : null;
  }
}
