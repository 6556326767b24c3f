package org.jarvis.gateway.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.tool.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, read strictly: one JSON object in sound UTF-8, with exactly the fields
 * that are asked for. What is wrong is collected; {@link #check} throws it, naming the fields.
 */
public final class JsonBody {
  private static final int LONGEST_INSTANT = 64;

  private final ObjectNode object;
  private final Set<String> asked = new HashSet<>();
  private final List<FieldError> errors = new ArrayList<>();
  private final Map<String, JsonBody> parts = new LinkedHashMap<>();
  private boolean incomplete;

  private JsonBody(ObjectNode object) {
    this.object = object;
  }

  /**
   * Reads a body.
   *
   * @throws JarvisException with {@code MALFORMED_REQUEST}
   */
  public static JsonBody read(InputStream body) {
    String text = decode(bytes(body));
    try {
      if (Json.parse(text) instanceof ObjectNode object) {
        return new JsonBody(object);
      }
    } catch (JsonProcessingException unreadable) {
      String where =
          unreadable.getLocation() == null
              ? ""
              : " near line "
                  + unreadable.getLocation().getLineNr()
                  + ", column "
                  + unreadable.getLocation().getColumnNr();
      // Jackson's own message may quote the body, and a body may hold a password.
      throw new JarvisException(
          ErrorCode.MALFORMED_REQUEST,
          "The body is no JSON that Jarvis reads"
              + where
              + ": it must be well-formed, without duplicate names, and not deeply nested.");
    }
    throw new JarvisException(ErrorCode.MALFORMED_REQUEST, "The body must be one JSON object.");
  }

  private static byte[] bytes(InputStream body) {
    try {
      return body.readAllBytes();
    } catch (IOException broken) {
      throw new JarvisException(
          ErrorCode.MALFORMED_REQUEST,
          "The body broke off before its end: send as much as Content-Length says.",
          broken);
    }
  }

  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException broken) {
      throw new JarvisException(ErrorCode.MALFORMED_REQUEST, "The body is not sound UTF-8.");
    }
  }

  /** A text that must be there. */
  public String text(String field) {
    String text = optionalText(field);
    if (text == null) {
      missing(field);
      return "";
    }
    return text;
  }

  /** A text that may be missing. */
  public @Nullable String optionalText(String field) {
    JsonNode value = member(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      errors.add(new FieldError(field, "must be a text"));
      return null;
    }
    return value.textValue();
  }

  /** Yes or no; no where it is missing. */
  public boolean optionalTruth(String field) {
    JsonNode value = member(field);
    if (value == null || value.isNull()) {
      return false;
    }
    if (!value.isBoolean()) {
      errors.add(new FieldError(field, "must be true or false"));
      return false;
    }
    return value.booleanValue();
  }

  /** Yes or no; nothing where it is missing. */
  public Optional<Boolean> givenTruth(String field) {
    JsonNode value = member(field);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    return Optional.of(optionalTruth(field));
  }

  /** A whole number within these bounds; nothing where it is missing. */
  public OptionalInt optionalNumber(String field, int least, int most) {
    JsonNode value = member(field);
    if (value == null || value.isNull()) {
      return OptionalInt.empty();
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < least
        || value.intValue() > most) {
      wrong(field, "must be a whole number from " + least + " to " + most);
      return OptionalInt.empty();
    }
    return OptionalInt.of(value.intValue());
  }

  /** Notes what is wrong with a field. */
  public void wrong(String field, String message) {
    errors.add(new FieldError(field, message));
  }

  /** Whether nothing was found wrong so far. */
  public boolean isSound() {
    return errors.isEmpty();
  }

  /** One of these words; the first where it is missing and may be. */
  public String word(String field, List<String> words, boolean required) {
    String text = required ? text(field) : optionalText(field);
    if (text == null) {
      return words.get(0);
    }
    if (!words.contains(text) && errors.stream().noneMatch(error -> error.field().equals(field))) {
      errors.add(new FieldError(field, "must be one of: " + String.join(", ", words)));
    }
    return text;
  }

  /** One of these words; nothing where it is missing. */
  public Optional<String> givenWord(String field, List<String> words) {
    JsonNode value = member(field);
    return value == null || value.isNull()
        ? Optional.empty()
        : Optional.of(word(field, words, true));
  }

  /** Some of these words, at least one and each once, in a list that must be there. */
  public List<String> words(String field, List<String> words) {
    JsonNode value = member(field);
    if (value == null || value.isNull()) {
      missing(field);
      return List.of();
    }
    List<String> found = new ArrayList<>();
    boolean sound = value instanceof ArrayNode && !value.isEmpty() && value.size() <= words.size();
    if (sound) {
      value.forEach(element -> found.add(element.isTextual() ? element.textValue() : ""));
    }
    if (!sound || !words.containsAll(found) || new HashSet<>(found).size() < found.size()) {
      errors.add(
          new FieldError(
              field, "must be a list of at least one, each once, of: " + String.join(", ", words)));
      return List.of();
    }
    return found;
  }

  /** A moment that may be missing, written as in ISO 8601 with its offset from UTC. */
  public @Nullable Instant optionalInstant(String field) {
    int wrongBefore = errors.size();
    String text = optionalText(field);
    if (text == null || errors.size() > wrongBefore) {
      return null;
    }
    try {
      if (text.length() <= LONGEST_INSTANT) {
        return OffsetDateTime.parse(text).toInstant();
      }
    } catch (DateTimeParseException unreadable) {
      // What was sent is not repeated: it may be anything.
    }
    errors.add(new FieldError(field, "must be a moment such as 2027-01-31T12:00:00Z"));
    return null;
  }

  /** A moment that must be there; what it is when it is not sound means nothing. */
  public Instant instant(String field) {
    Instant at = optionalInstant(field);
    if (at == null) {
      missing(field);
      return Instant.EPOCH;
    }
    return at;
  }

  /** An object of arguments that must be there. */
  public Arguments arguments(String field) {
    JsonNode value = member(field);
    if (value instanceof ObjectNode arguments) {
      return new Arguments(Json.plainObject(arguments));
    }
    if (value == null) {
      missing(field);
    } else {
      errors.add(new FieldError(field, "must be an object"));
    }
    return Arguments.none();
  }

  /** A list of objects that must be there; {@link #check} covers what is asked of each. */
  public List<JsonBody> objects(String field) {
    JsonNode value = member(field);
    if (value == null) {
      missing(field);
      return List.of();
    }
    List<JsonBody> found = new ArrayList<>();
    for (JsonNode element : value) {
      if (!(value instanceof ArrayNode) || !(element instanceof ObjectNode one)) {
        found.clear();
        break;
      }
      JsonBody part = new JsonBody(one);
      parts.put(field + "/" + found.size(), part);
      found.add(part);
    }
    if (found.isEmpty()) {
      errors.add(new FieldError(field, "must be a list of at least one object"));
    }
    return found;
  }

  /** Any JSON at all, also null, that must be there. */
  public JsonNode value(String field) {
    JsonNode value = member(field);
    if (value == null) {
      missing(field);
      return NullNode.getInstance();
    }
    return value;
  }

  /**
   * Throws what is wrong, also with fields that nobody asked for.
   *
   * @throws JarvisException with {@code MALFORMED_REQUEST} where a field is missing, with {@code
   *     INVALID_INPUT} where one is wrong or unknown
   */
  public void check() {
    collect();
    if (!errors.isEmpty()) {
      throw new JarvisException(
          incomplete ? ErrorCode.MALFORMED_REQUEST : ErrorCode.INVALID_INPUT,
          "The field \"" + errors.get(0).field() + "\" " + errors.get(0).message() + ".",
          errors);
    }
  }

  private void collect() {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!asked.contains(name)) {
                errors.add(new FieldError(name, "is unknown here"));
              }
            });
    parts.forEach(
        (name, part) -> {
          part.collect();
          incomplete |= part.incomplete;
          part.errors.forEach(
              error -> errors.add(new FieldError(name + "/" + error.field(), error.message())));
        });
  }

  private @Nullable JsonNode member(String field) {
    asked.add(field);
    return object.get(field);
  }

  private void missing(String field) {
    if (errors.stream().noneMatch(error -> error.field().equals(field))) {
      incomplete = true;
      errors.add(new FieldError(field, "is missing"));
    }
  }
}
