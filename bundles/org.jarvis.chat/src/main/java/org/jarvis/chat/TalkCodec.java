package org.jarvis.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.chat.Answerer;
import org.jarvis.api.chat.Conversation;
import org.jarvis.api.chat.Message;
import org.jarvis.api.chat.MessagePart;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.TokenUsage;
import org.jarvis.api.llm.Turn;
import org.jarvis.api.persistence.ConversationStore.StoredConversation;
import org.jarvis.api.persistence.ConversationStore.StoredMessage;
import org.jarvis.api.safety.Tier;
import org.jspecify.annotations.Nullable;

/**
 * Conversations as they are kept, and back. What an older Jarvis did not write is read as empty.
 */
final class TalkCodec {
  private static final String WORDS = "words";
  private static final String KIND = "kind";

  private TalkCodec() {}

  static StoredConversation head(Talk talk) {
    ObjectNode document = Json.object().put("named", talk.named());
    Principal speaker = talk.speaker();
    document
        .putObject("speaker")
        .put("name", speaker.name())
        .put(KIND, speaker.kind().name())
        .put("credential", speaker.credential())
        .put("address", speaker.address());
    return new StoredConversation(
        talk.id(),
        talk.owner(),
        talk.title(),
        talk.state().name(),
        talk.createdAt(),
        talk.changedAt(),
        talk.entries().size(),
        document.toString());
  }

  static StoredMessage message(int number, Entry entry) {
    ObjectNode document =
        Json.object()
            .put("id", entry.id())
            .put("role", entry.role().name())
            .put("at", entry.at().toString())
            .put("begun", entry.begun())
            .put("whole", entry.whole());
    ArrayNode parts = document.putArray("parts");
    entry.parts().forEach(part -> parts.add(part(part)));
    ArrayNode turns = document.putArray("turns");
    entry.turns().forEach(turn -> turns.add(turn(turn)));
    Answerer answerer = entry.answerer();
    if (answerer != null) {
      document.set("answerer", answerer(answerer));
    }
    return new StoredMessage(number, entry.message().text(), document.toString());
  }

  static Talk talk(StoredConversation head, List<StoredMessage> messages) {
    JsonNode document = Json.read(head.document());
    JsonNode speaker = document.path("speaker");
    return new Talk(
        head.id(),
        head.title(),
        document.path("named").asBoolean(),
        head.owner(),
        new Principal(
            speaker.path("name").asText(),
            PrincipalKind.valueOf(speaker.path(KIND).asText()),
            speaker.path("credential").asText(),
            text(speaker, "address")),
        head.createdAt(),
        head.changedAt(),
        Conversation.State.valueOf(head.state()),
        messages.stream().map(message -> entry(Json.read(message.document()))).toList());
  }

  private static Entry entry(JsonNode document) {
    JsonNode answerer = document.path("answerer");
    return new Entry(
        document.path("id").asText(),
        Message.Role.valueOf(document.path("role").asText()),
        Instant.parse(document.path("at").asText()),
        list(document.path("parts"), TalkCodec::part),
        list(document.path("turns"), TalkCodec::turn),
        document.path("begun").asInt(),
        document.path("whole").asBoolean(),
        answerer.isObject() ? answerer(answerer) : null);
  }

  private static ObjectNode part(MessagePart part) {
    ObjectNode json = Json.object();
    if (part instanceof MessagePart.Words words) {
      return json.put(KIND, WORDS).put(WORDS, words.words());
    }
    if (part instanceof MessagePart.Notice notice) {
      return json.put(KIND, "notice").put(WORDS, notice.words());
    }
    MessagePart.ToolCall call = (MessagePart.ToolCall) part;
    json.put(KIND, "tool")
        .put("callId", call.callId())
        .put("tool", call.tool())
        .put("title", call.title())
        .put("action", call.action())
        .put("state", call.state() == null ? null : call.state().name())
        .put("tier", call.tier() == null ? null : call.tier().name())
        .put("approval", call.approval())
        .put("summary", call.summary())
        .put("startedAt", call.startedAt().toString())
        .put("endedAt", call.endedAt() == null ? null : call.endedAt().toString());
    json.set("arguments", Json.of(call.arguments().values()));
    if (call.data() != null) {
      json.set("data", Json.of(call.data()));
    }
    return json;
  }

  private static MessagePart part(JsonNode json) {
    return switch (json.path(KIND).asText()) {
      case WORDS -> new MessagePart.Words(json.path(WORDS).asText());
      case "tool" -> call(json);
      default -> new MessagePart.Notice(json.path(WORDS).asText());
    };
  }

  private static MessagePart.ToolCall call(JsonNode json) {
    String state = text(json, "state");
    String tier = text(json, "tier");
    String endedAt = text(json, "endedAt");
    return new MessagePart.ToolCall(
        json.path("callId").asText(),
        json.path("tool").asText(),
        json.path("title").asText(),
        Json.arguments(json.path("arguments")),
        text(json, "action"),
        state == null ? null : ActionState.valueOf(state),
        tier == null ? null : Tier.valueOf(tier),
        text(json, "approval"),
        json.path("summary").asText(),
        json.path("data").isObject() ? Json.plain(json.path("data")) : null,
        Instant.parse(json.path("startedAt").asText()),
        endedAt == null ? null : Instant.parse(endedAt));
  }

  private static ObjectNode turn(Turn turn) {
    ObjectNode json = Json.object();
    if (turn instanceof Turn.Said said) {
      return json.put(KIND, "said").put("text", said.text());
    }
    if (turn instanceof Turn.Answered answered) {
      ArrayNode parts = json.put(KIND, "answered").putArray("parts");
      answered.parts().forEach(part -> parts.add(answerPart(part)));
      return json;
    }
    Turn.Results results = (Turn.Results) turn;
    ArrayNode outcomes =
        json.put(KIND, "results").put("remark", results.remark()).putArray("outcomes");
    for (Turn.ToolOutcome outcome : results.outcomes()) {
      outcomes
          .addObject()
          .put("callId", outcome.callId())
          .put("text", outcome.text())
          .put("error", outcome.error());
    }
    return json;
  }

  private static Turn turn(JsonNode json) {
    return switch (json.path(KIND).asText()) {
      case "said" -> new Turn.Said(json.path("text").asText());
      case "answered" -> new Turn.Answered(list(json.path("parts"), TalkCodec::answerPart));
      default ->
          new Turn.Results(
              list(
                  json.path("outcomes"),
                  one ->
                      new Turn.ToolOutcome(
                          one.path("callId").asText(),
                          one.path("text").asText(),
                          one.path("error").asBoolean())),
              json.path("remark").asText());
    };
  }

  private static ObjectNode answerPart(AnswerPart part) {
    ObjectNode json = Json.object();
    if (part instanceof AnswerPart.Text text) {
      return json.put(KIND, "text").put("text", text.text());
    }
    if (part instanceof AnswerPart.Opaque opaque) {
      return json.put(KIND, "opaque")
          .put("format", opaque.format())
          .put("payload", opaque.payload());
    }
    AnswerPart.Asking asking = (AnswerPart.Asking) part;
    json.put("id", asking.id()).put("name", asking.name());
    if (part instanceof AnswerPart.Call call) {
      json.put(KIND, "call").set("arguments", Json.of(call.arguments().values()));
      return json;
    }
    return json.put(KIND, "unusable").put("reason", ((AnswerPart.UnusableCall) part).reason());
  }

  private static AnswerPart answerPart(JsonNode json) {
    String id = json.path("id").asText();
    String name = json.path("name").asText();
    return switch (json.path(KIND).asText()) {
      case "text" -> new AnswerPart.Text(json.path("text").asText());
      case "opaque" ->
          new AnswerPart.Opaque(json.path("format").asText(), json.path("payload").asText());
      case "call" -> new AnswerPart.Call(id, name, Json.arguments(json.path("arguments")));
      default -> new AnswerPart.UnusableCall(id, name, json.path("reason").asText());
    };
  }

  private static ObjectNode answerer(Answerer answerer) {
    TokenUsage usage = answerer.usage();
    return Json.object()
        .put("provider", answerer.provider())
        .put("title", answerer.title())
        .put("model", answerer.model())
        .put("leavesTheHouse", answerer.leavesTheHouse())
        .put("input", usage.input())
        .put("cacheRead", usage.cacheRead())
        .put("cacheWrite", usage.cacheWrite())
        .put("output", usage.output())
        .put("cost", answerer.cost() == null ? null : answerer.cost().toPlainString())
        .put("currency", answerer.currency());
  }

  private static Answerer answerer(JsonNode json) {
    String cost = text(json, "cost");
    return new Answerer(
        json.path("provider").asText(),
        json.path("title").asText(),
        json.path("model").asText(),
        json.path("leavesTheHouse").asBoolean(),
        new TokenUsage(
            number(json, "input"),
            number(json, "cacheRead"),
            number(json, "cacheWrite"),
            number(json, "output")),
        cost == null ? null : new BigDecimal(cost),
        text(json, "currency"));
  }

  private static @Nullable String text(JsonNode json, String field) {
    return json.hasNonNull(field) ? json.path(field).asText() : null;
  }

  private static @Nullable Long number(JsonNode json, String field) {
    return json.hasNonNull(field) ? json.path(field).asLong() : null;
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
    return StreamSupport.stream(array.spliterator(), false).map(read).toList();
  }
}
