package org.jarvis.itests.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a request of Anthropic's protocol tells a model of a cluster: whether that is inert and
 * marked as data, and whether a text is in it.
 */
final class ToldText {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Commands of ECMA-48 with what belongs to them. */
  private static final Pattern TERMINAL =
      Pattern.compile(
          "(?:\\x1B\\[|\\x9B)[0-?]*[ -/]*[@-~]"
              + "|(?:\\x1B[\\]PX^_]|[\\x9D\\x90\\x98\\x9E\\x9F])[^\\x07\\x1B\\x9C]*"
              + "(?:\\x07|\\x1B\\\\|\\x9C)");

  /** What templates of models tell by who speaks. */
  private static final Pattern SPEAKER = Pattern.compile("<|\\[/?(?:INST|TOOL_[A-Z]+)\\]");

  private static final String DIGEST = "# The clusters now";
  private static final String BEGIN = "<data>";
  private static final String END = "</data>";

  private ToldText() {}

  /** Where a request tells anything that is not inert, or not marked as data. */
  static List<String> complaints(JsonNode request) {
    List<String> complaints = new ArrayList<>();
    for (String text : texts(withoutItsOwnWishes(request))) {
      text.codePoints()
          .filter(ToldText::isUnseen)
          .mapToObj("it was told U+%04X"::formatted)
          .forEach(complaints::add);
    }
    for (JsonNode block : request.path("system")) {
      String text = block.path("text").asText();
      if (text.startsWith(DIGEST)) {
        boolean whole =
            text.indexOf(BEGIN) == text.lastIndexOf(BEGIN)
                && text.indexOf(END) == text.length() - END.length();
        String inside = text.substring(text.indexOf(BEGIN) + BEGIN.length(), text.length() - 7);
        if (!whole || SPEAKER.matcher(inside).find()) {
          complaints.add("its digest is not one piece of data: " + text);
        }
      }
    }
    for (JsonNode message : request.path("messages")) {
      for (JsonNode block : message.path("content")) {
        if (block.path("type").asText().equals("tool_result")) {
          String text = content(block);
          if (SPEAKER.matcher(text).find() || !parsed(text).isObject()) {
            complaints.add("a result is not one piece of data: " + text);
          }
        }
      }
    }
    return complaints;
  }

  /** What a model asked for is its own, and repeated to it as it was. */
  private static JsonNode withoutItsOwnWishes(JsonNode request) {
    JsonNode told = request.deepCopy();
    for (JsonNode message : told.path("messages")) {
      for (JsonNode block : message.path("content")) {
        if (block.path("type").asText().equals("tool_use")) {
          ((ObjectNode) block).remove("input");
        }
      }
    }
    return told;
  }

  /**
   * Whether the data of the newest results, or of the digest, has a text, as far as it was not cut:
   * its letters and digits, since what else it has is made inert in several ways, be it with or
   * without the letters of what commands a terminal.
   */
  static boolean hasAsData(JsonNode request, String planted) {
    StringBuilder data = new StringBuilder();
    JsonNode messages = request.path("messages");
    for (JsonNode block : messages.path(messages.size() - 1).path("content")) {
      if (block.path("type").asText().equals("tool_result")) {
        texts(parsed(content(block)).path("data")).forEach(data::append);
      }
    }
    String seen = plain(data.toString());
    return seen.contains(beginning(plain(planted)))
        || seen.contains(beginning(plain(TERMINAL.matcher(planted).replaceAll(""))));
  }

  /** What of a text is not seen where it is drawn, or makes the rest seem otherwise. */
  static List<String> unseen(JsonNode node) {
    return texts(node).stream()
        .filter(text -> text.codePoints().anyMatch(ToldText::isUnseen))
        .toList();
  }

  private static String beginning(String plain) {
    return plain.substring(0, Math.min(plain.length(), 150));
  }

  private static String plain(String text) {
    return text.replaceAll("[^A-Za-z0-9]+", "");
  }

  private static String content(JsonNode block) {
    JsonNode content = block.path("content");
    return content.isTextual()
        ? content.asText()
        : String.join("", content.findValuesAsText("text"));
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException none) {
      return JSON.missingNode();
    }
  }

  /** All texts in it, in their order. */
  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(member -> texts.addAll(texts(member)));
    return texts;
  }

  private static boolean isUnseen(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL -> character != '\n' && character != '\t';
      case Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> hasNothingDrawn(character);
    };
  }

  /** The letters and marks among what Unicode calls ignorable by default. */
  private static boolean hasNothingDrawn(int character) {
    return List.of(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0).contains(character)
        || (character >= 0x180B && character <= 0x180F)
        || (character >= 0xFE00 && character <= 0xFE0F)
        || (character >= 0xE0100 && character <= 0xE01EF);
  }
}
