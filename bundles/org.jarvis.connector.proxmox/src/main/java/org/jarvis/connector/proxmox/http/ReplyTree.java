package org.jarvis.connector.proxmox.http;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a reply into the tree that Jackson would make of it, in a quarter of the space.
 *
 * <p>The list of a large cluster has thousands of objects with the same fields, and comes every few
 * seconds. As maps of their own they were most of what the garbage collector had to carry about.
 * Here such objects share one index of their fields, and words that come again are kept once. The
 * tree is for reading: it cannot be changed.
 */
final class ReplyTree {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Longer words hardly come again. */
  private static final int WORD_LENGTH = 40;

  /** A field with more different words than this, such as a name, is not worth remembering. */
  private static final int WORDS_OF_A_FIELD = 64;

  /** Larger objects are not rows of a list, and looking for repeated fields would take long. */
  private static final int FIELDS_OF_A_ROW = 128;

  private final JsonParser parser;
  private final FieldIndex root = new FieldIndex(null, "");
  private final Map<String, Map<String, TextNode>> words = new HashMap<>();

  private ReplyTree(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads all of a stream, which holds one value and nothing after it.
   *
   * @return the value; {@code null} where there is nothing at all
   * @throws IOException where it cannot be read or is no JSON
   */
  static @Nullable JsonNode read(InputStream in) throws IOException {
    try (JsonParser parser = JSON.createParser(in)) {
      if (parser.nextToken() == null) {
        return null;
      }
      JsonNode value = new ReplyTree(parser).value("");
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "There is more after the value.");
      }
      return value;
    }
  }

  /** The value that the current token begins. How deep it goes is bounded by the parser. */
  private JsonNode value(String field) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> list(field);
      case VALUE_STRING -> text(field, parser.getText());
      case VALUE_NUMBER_INT -> wholeNumber();
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      case VALUE_TRUE -> BooleanNode.TRUE;
      case VALUE_FALSE -> BooleanNode.FALSE;
      case VALUE_NULL -> NODES.nullNode();
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new JsonParseException(parser, "A value does not begin with " + token + ".");
    };
  }

  private JsonNode wholeNumber() throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  private JsonNode text(String field, String text) {
    if (text.length() > WORD_LENGTH) {
      return NODES.textNode(text);
    }
    Map<String, TextNode> known = words.computeIfAbsent(field, name -> new HashMap<>());
    TextNode same = known.get(text);
    if (same != null) {
      return same;
    }
    TextNode node = NODES.textNode(text);
    if (known.size() < WORDS_OF_A_FIELD) {
      known.put(text, node);
    }
    return node;
  }

  private JsonNode list(String field) throws IOException {
    List<JsonNode> values = new ArrayList<>();
    while (next() != JsonToken.END_ARRAY) {
      values.add(value(field));
    }
    return new ArrayNode(NODES, values);
  }

  private JsonNode object() throws IOException {
    FieldIndex fields = root;
    List<JsonNode> values = new ArrayList<>();
    boolean repeated = false;
    while (next() != JsonToken.END_OBJECT) {
      if (values.size() == FIELDS_OF_A_ROW) {
        return largeObject(lastOfEach(fields, values));
      }
      String name = parser.currentName();
      next();
      fields = fields.followedBy(name);
      repeated |= fields.repeats();
      values.add(value(name));
    }
    return new ObjectNode(
        NODES, repeated ? lastOfEach(fields, values) : new IndexedFields(fields, values));
  }

  /** The rest of an object, from the name of a field on. */
  private JsonNode largeObject(Map<String, JsonNode> values) throws IOException {
    while (parser.currentToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      next();
      values.put(name, value(name));
      next();
    }
    return new ObjectNode(NODES, values);
  }

  private JsonToken next() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw new JsonParseException(parser, "It ends in the middle.");
    }
    return token;
  }

  /** Of fields of the same name the last counts, as with Jackson. */
  private static Map<String, JsonNode> lastOfEach(FieldIndex fields, List<JsonNode> values) {
    Map<String, JsonNode> last = new LinkedHashMap<>();
    List<String> names = fields.names();
    for (int i = 0; i < names.size(); i++) {
      last.put(names.get(i), values.get(i));
    }
    return last;
  }
}
