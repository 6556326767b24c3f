package org.jarvis.connector.proxmox.reply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.text.InertText;
import org.jspecify.annotations.Nullable;

/**
 * One object of a reply, read with tolerance: a field that is missing, null, or makes no sense is
 * {@code null}; numbers may be strings and booleans 0 or 1. Nothing here throws.
 */
public final class Row {
  private static final int TEXT_LIMIT = 1000;
  private static final int TEXTS_LIMIT = 200;
  // As long as Proxmox VE allows a description to be.
  private static final int NOTES_LIMIT = 8192;
  private static final int NUMBER_LIMIT = 40;
  private static final long LATEST_SECOND = Instant.parse("9999-12-31T00:00:00Z").getEpochSecond();
  private static final double LARGEST_EXACT = 1L << 53;

  private final JsonNode json;

  /** Reads this node; whatever is no object has no fields. */
  public Row(JsonNode json) {
    this.json = json.isObject() ? json : MissingNode.getInstance();
  }

  /**
   * The rows of a list; what is no object, and what exceeds the limit, is reported as odd and left
   * out.
   */
  public static List<Row> list(JsonNode data, String what, int limit, Oddities oddities) {
    List<Row> rows = new ArrayList<>();
    for (JsonNode element : data) {
      if (rows.size() >= limit) {
        oddities.add(what + ": there are " + data.size() + ", of which " + limit + " are taken");
        break;
      }
      if (element.isObject()) {
        rows.add(new Row(element));
      } else {
        oddities.add(what + ": an entry is no object and was left out");
      }
    }
    return rows;
  }

  /** Whether the field is there, whatever it holds. */
  public boolean has(String field) {
    return json.has(field);
  }

  /** An object in this one; without fields where there is none. */
  public Row child(String field) {
    return new Row(json.path(field));
  }

  /** The objects of a list in this one, bounded as those of a list. */
  public List<Row> children(String field, String what, int limit, Oddities oddities) {
    JsonNode value = json.path(field);
    return value.isArray() ? list(value, what, limit, oddities) : List.of();
  }

  /** The texts of a list in this object, as far as they are some. */
  public List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    JsonNode value = json.path(field);
    if (value.isArray()) {
      for (JsonNode element : value) {
        if (element.isTextual() && texts.size() < TEXTS_LIMIT) {
          texts.add(InertText.marked(element.asText(), TEXT_LIMIT));
        }
      }
    }
    return texts;
  }

  /** The names of all fields. */
  public List<String> fields() {
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The numbers of a list in this object, as far as they are some. */
  public List<Double> decimals(String field) {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode element : json.path(field)) {
      Double number = decimal(element);
      if (number != null) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  /** Exactly what the field says, for identifiers that are validated next. */
  public @Nullable String identifier(String field) {
    JsonNode value = json.path(field);
    if (!value.isTextual() && !value.isIntegralNumber()) {
      return null;
    }
    String text = value.asText();
    return text.isEmpty() || text.length() > TEXT_LIMIT ? null : text;
  }

  /** Text for people. */
  public @Nullable String text(String field) {
    JsonNode value = json.path(field);
    if (!value.isTextual() && !value.isNumber()) {
      return null;
    }
    String text = InertText.marked(value.asText(), TEXT_LIMIT);
    return text.isEmpty() ? null : text;
  }

  /** What people wrote, over several lines. */
  public @Nullable String notes(String field) {
    JsonNode value = json.path(field);
    if (!value.isTextual()) {
      return null;
    }
    String text = InertText.markedLines(value.asText(), NOTES_LIMIT);
    return text.isEmpty() ? null : text;
  }

  /** A number. */
  public @Nullable Double decimal(String field) {
    return decimal(json.path(field));
  }

  /** A yes or no. */
  public @Nullable Boolean flag(String field) {
    JsonNode value = json.path(field);
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (value.isTextual()) {
      return switch (value.asText().strip().toLowerCase(Locale.ROOT)) {
        case "1", "true", "yes", "on" -> Boolean.TRUE;
        case "0", "false", "no", "off" -> Boolean.FALSE;
        default -> null;
      };
    }
    Double number = decimal(value);
    return number == null ? null : Boolean.valueOf(number != 0);
  }

  /** A number that is not negative. */
  public @Nullable Long count(String field) {
    JsonNode value = json.path(field);
    if (value.isIntegralNumber()) {
      return value.canConvertToLong() && value.longValue() >= 0 ? value.longValue() : null;
    }
    Double number = decimal(value);
    return number == null || number < 0 || number > LARGEST_EXACT ? null : number.longValue();
  }

  /** A small number that is not negative. */
  public @Nullable Integer smallCount(String field) {
    Long number = count(field);
    return number == null || number > Integer.MAX_VALUE ? null : Integer.valueOf(number.intValue());
  }

  /** An amount of data. */
  public @Nullable Bytes bytes(String field) {
    Long number = count(field);
    return number == null ? null : new Bytes(number);
  }

  /** A share from 0 to 1; the little more that Proxmox VE sometimes measures counts as 1. */
  public @Nullable Double share(String field) {
    Double number = decimal(json.path(field));
    return number == null || number < 0 ? null : Double.valueOf(Math.min(number, 1));
  }

  /** A duration in seconds. */
  public @Nullable Duration seconds(String field) {
    Long number = count(field);
    return number == null || number > LATEST_SECOND ? null : Duration.ofSeconds(number);
  }

  /** A moment in seconds since 1970. */
  public @Nullable Instant moment(String field) {
    Long number = count(field);
    return number == null || number > LATEST_SECOND ? null : Instant.ofEpochSecond(number);
  }

  private static @Nullable Double decimal(JsonNode value) {
    double number;
    if (value.isNumber()) {
      number = value.doubleValue();
    } else if (value.isTextual()) {
      String text = value.asText().strip();
      if (text.isEmpty() || text.length() > NUMBER_LIMIT) {
        return null;
      }
      try {
        number = Double.parseDouble(text);
      } catch (NumberFormatException none) {
        return null;
      }
    } else {
      return null;
    }
    return Double.isFinite(number) ? number : null;
  }
}
