package org.jarvis.gateway.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jarvis.api.chat.Answerer;
import org.jarvis.api.chat.Conversation;
import org.jarvis.api.chat.Message;
import org.jarvis.api.chat.MessagePart;
import org.jarvis.api.llm.PriceList;
import org.jarvis.api.llm.ProviderDefinition;
import org.jarvis.api.llm.TokenUsage;
import org.jspecify.annotations.Nullable;

/** Tells of conversations, and of who answers in them. */
public final class ConversationEncoder {
  private ConversationEncoder() {}

  /** A conversation in a list. */
  public static ObjectNode encode(Conversation.Summary summary) {
    return Json.object()
        .put("id", summary.id())
        .put("title", summary.title())
        .put("createdAt", Json.time(summary.createdAt()))
        .put("changedAt", Json.time(summary.changedAt()))
        .put("state", summary.state().name())
        .put("messages", summary.messages());
  }

  /** A whole conversation. */
  public static ObjectNode encode(Conversation conversation) {
    ObjectNode json =
        Json.object()
            .put("id", conversation.id())
            .put("title", conversation.title())
            .put("createdAt", Json.time(conversation.createdAt()))
            .put("changedAt", Json.time(conversation.changedAt()))
            .put("state", conversation.state().name())
            .put("revision", conversation.revision());
    json.set("messages", encode(conversation.messages()));
    return json;
  }

  /** Messages, in order. */
  public static ArrayNode encode(List<Message> messages) {
    ArrayNode array = Json.object().arrayNode();
    messages.forEach(message -> array.add(encode(message)));
    return array;
  }

  /** A message. */
  public static ObjectNode encode(Message message) {
    ObjectNode json =
        Json.object()
            .put("id", message.id())
            .put("role", message.role().name().toLowerCase(Locale.ROOT))
            .put("at", Json.time(message.at()))
            .put("text", message.text())
            .put("whole", message.whole());
    ArrayNode parts = json.putArray("parts");
    message.parts().forEach(part -> parts.add(encode(part)));
    json.set("answerer", message.answerer() == null ? null : encode(message.answerer()));
    return json;
  }

  /** Who would be asked. */
  public static ObjectNode encode(ProviderDefinition provider) {
    return Json.object()
        .put("id", provider.id())
        .put("title", provider.title())
        .put("model", provider.model())
        .put("destination", provider.destination())
        .put("leavesTheHouse", provider.leavesTheHouse())
        .put("free", provider.priceList().map(PriceList::isFree).orElse(false));
  }

  private static ObjectNode encode(MessagePart part) {
    if (part instanceof MessagePart.Words words) {
      return Json.object().put("kind", "words").put("text", words.words());
    }
    if (part instanceof MessagePart.Notice notice) {
      return Json.object().put("kind", "notice").put("text", notice.words());
    }
    MessagePart.ToolCall call = (MessagePart.ToolCall) part;
    ObjectNode json =
        Json.object()
            .put("kind", "tool")
            .put("callId", call.callId())
            .put("tool", call.tool())
            .put("title", call.title());
    json.set("arguments", Json.of(call.arguments().values()));
    json.put("action", call.action())
        .put("state", name(call.state()))
        .put("tier", name(call.tier()))
        .put("approval", call.approval())
        .put("summary", call.summary());
    json.set("data", Json.of(call.data()));
    return json.put("startedAt", Json.time(call.startedAt())).put("endedAt", time(call.endedAt()));
  }

  private static ObjectNode encode(Answerer answerer) {
    TokenUsage usage = answerer.usage();
    return Json.object()
        .put("provider", answerer.provider())
        .put("title", answerer.title())
        .put("model", answerer.model())
        .put("leavesTheHouse", answerer.leavesTheHouse())
        .put("inputTokens", question(usage))
        .put("cachedTokens", usage.cacheRead())
        .put("outputTokens", usage.output())
        .put("cost", answerer.cost())
        .put("currency", answerer.currency());
  }

  /** All tokens of the question; nothing where the server told of none. */
  private static @Nullable Long question(TokenUsage usage) {
    List<Long> told =
        Stream.of(usage.input(), usage.cacheRead(), usage.cacheWrite())
            .filter(tokens -> tokens != null)
            .toList();
    return told.isEmpty() ? null : told.stream().mapToLong(Long::longValue).sum();
  }

  private static @Nullable String name(@Nullable Enum<?> value) {
    return value == null ? null : value.name();
  }

  private static @Nullable String time(@Nullable Instant instant) {
    return instant == null ? null : Json.time(instant);
  }
}
