package org.jarvis.llm.offline.intent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.Turn;
import org.jarvis.api.resource.ResourceRef;
import org.jspecify.annotations.Nullable;

/**
 * What the last answer was about, so that "it" and "the second one" mean something. It travels with
 * the conversation and comes back from outside, so it is read as anything else that does: whatever
 * in it is not as it should be is forgotten, and it can name things and nothing more.
 *
 * @param items the addresses that the answer listed, in order
 * @param subject what it was about
 * @param asksBack whether it asked which of its items is meant
 * @param intent what it answered
 * @param question the words that it answered; with a question asked back, they are what a choice
 *     completes. Taken from what the person said, never from what is kept
 * @param shown the words of the answer
 */
public record Memory(
    List<String> items,
    @Nullable String subject,
    boolean asksBack,
    String intent,
    String question,
    String shown) {
  /** Whose parts of an answer hold it. */
  public static final String FORMAT = "built-in";

  private static final Memory NOTHING = new Memory(List.of(), null, false, "", "", "");
  private static final int MOST_ITEMS = 50;
  private static final int LONGEST = 32_000;
  private static final int LONGEST_ID = 128;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Keeps the items from changing. */
  public Memory {
    items = List.copyOf(items);
  }

  /** What the answer before the last words was about. */
  public static Memory of(List<Turn> turns) {
    String question = "";
    Memory memory = NOTHING;
    // The last turn is what is to be answered.
    for (Turn turn : turns.subList(0, turns.size() - 1)) {
      if (turn instanceof Turn.Said said) {
        question = goesOn(said.text()) ? question : said.text();
      } else if (turn instanceof Turn.Answered answered) {
        memory = of(answered, question);
      }
    }
    return memory;
  }

  /** What adds to a question is none by itself. */
  private static boolean goesOn(String said) {
    String start = said.strip().toLowerCase(Locale.ROOT);
    return Stream.of("and ", "what about ", "how about ").anyMatch(start::startsWith);
  }

  private static Memory of(Turn.Answered answered, String question) {
    StringBuilder shown = new StringBuilder();
    Memory memory = NOTHING;
    for (AnswerPart part : answered.parts()) {
      if (part instanceof AnswerPart.Text text) {
        shown.append(text.text());
      } else if (part instanceof AnswerPart.Opaque opaque && opaque.format().equals(FORMAT)) {
        memory = read(opaque.payload());
      }
    }
    return new Memory(
        memory.items, memory.subject, memory.asksBack, memory.intent, question, shown.toString());
  }

  private static Memory read(String payload) {
    if (payload.length() > LONGEST) {
      return NOTHING;
    }
    try {
      JsonNode json = JSON.readTree(payload);
      List<String> items = new ArrayList<>();
      for (JsonNode item : json.path("items")) {
        if (items.size() >= MOST_ITEMS) {
          break;
        }
        // One that is no address keeps its place: the ones after it are counted.
        items.add(isAddress(item.asText()) ? item.asText() : "");
      }
      String subject = json.path("subject").asText("");
      return new Memory(
          items,
          ResourceRef.parse(subject).isPresent() ? subject : null,
          json.path("asksBack").asBoolean(false),
          json.path("intent").asText(""),
          "",
          "");
    } catch (JsonProcessingException | IllegalArgumentException damaged) {
      return NOTHING;
    }
  }

  private static boolean isAddress(String item) {
    return item.startsWith(Reply.PROBLEM)
        ? item.length() <= LONGEST_ID
        : ResourceRef.parse(item).isPresent();
  }

  /** What to hand along with an answer. */
  public static AnswerPart.Opaque kept(Reply reply, String intent) {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode items = json.putArray("items");
    reply.items().forEach(items::add);
    if (reply.subject() != null) {
      json.put("subject", reply.subject());
    }
    json.put("asksBack", reply.asksBack());
    json.put("intent", intent);
    return new AnswerPart.Opaque(FORMAT, json.toString());
  }

  /** The address of what "it" is. */
  public Optional<ResourceRef> it() {
    return Optional.ofNullable(subject).flatMap(ResourceRef::parse);
  }

  /** The item of this number, from 1; below zero from the end. */
  public Optional<String> item(int number) {
    int at = number < 0 ? items.size() + number : number - 1;
    return at >= 0 && at < items.size() && !items.get(at).isEmpty()
        ? Optional.of(items.get(at))
        : Optional.empty();
  }
}
