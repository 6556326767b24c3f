package org.jarvis.connector.ssh.temperature;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.resource.detail.NodeTemperatures.Reading;
import org.jspecify.annotations.Nullable;

/**
 * What {@code sensors -j} prints. Some versions leave a comma too many where a chip does not
 * answer, or print {@code nan}; that is forgiven. Where the text breaks off or turns into something
 * else, what came before counts.
 */
public final class SensorsJson {
  private static final int MOST_READINGS = 512;
  private static final int DEEPEST = 8;
  private static final int LONGEST_TEXT = 1024;
  private static final int LARGEST = 1024 * 1024;
  private static final Pattern NO_NUMBER =
      Pattern.compile("(?i)(:\\s*)[-+]?(?:nan|inf(?:inity)?)(?=\\s*[,}\\n])");
  private static final Pattern COMMA_TOO_MANY = Pattern.compile("([{,])\\s*,");
  private static final Pattern VALUE = Pattern.compile("temp\\d{1,3}_(input|max|crit)");

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(LONGEST_TEXT)
                  .maxNameLength(LONGEST_TEXT)
                  .maxNumberLength(64)
                  .maxDocumentLength(LARGEST)
                  .build())
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private final List<Reading> readings = new ArrayList<>();

  private SensorsJson() {}

  /**
   * The temperatures in it; empty when it is something else.
   *
   * @param text what was printed
   */
  public static List<Reading> read(String text) {
    SensorsJson reader = new SensorsJson();
    if (text.length() <= LARGEST) {
      try (JsonParser parser = FACTORY.createParser(forgiven(text))) {
        reader.chips(parser);
      } catch (IOException broken) {
        // What came before counts.
        return List.copyOf(reader.readings);
      }
    }
    return List.copyOf(reader.readings);
  }

  private static String forgiven(String text) {
    String numbers = NO_NUMBER.matcher(text).replaceAll("$1null");
    return COMMA_TOO_MANY.matcher(numbers).replaceAll("$1");
  }

  private void chips(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String chip = parser.currentName();
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        features(parser, chip);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void features(JsonParser parser, String chip) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String label = parser.currentName();
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        values(parser, chip, label);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void values(JsonParser parser, String chip, String label) throws IOException {
    @Nullable Double input = null;
    @Nullable Double high = null;
    @Nullable Double critical = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Matcher name = VALUE.matcher(parser.currentName());
      JsonToken value = parser.nextToken();
      if (name.matches() && value != null && value.isNumeric()) {
        double number = parser.getDoubleValue();
        switch (name.group(1)) {
          case "input" -> input = Sensor.plausible(number);
          case "max" -> high = Sensor.plausibleLimit(number);
          default -> critical = Sensor.plausibleLimit(number);
        }
      } else {
        parser.skipChildren();
      }
    }
    if (input != null && readings.size() < MOST_READINGS) {
      readings.add(
          new Reading(
              Sensor.name(chip), Sensor.name(label), Sensor.kind(chip), input, high, critical));
    }
  }
}
