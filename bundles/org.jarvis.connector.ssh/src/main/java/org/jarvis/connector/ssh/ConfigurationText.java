package org.jarvis.connector.ssh;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.osgi.framework.Constants;

/**
 * A configuration as it was written, key by key. What is wrong is said with file, key and what is
 * expected, and never repeats a value: a passphrase may have got into the wrong line.
 */
final class ConfigurationText {
  private static final String FILE = "felix.fileinstall.filename";

  private final Map<String, ?> properties;

  ConfigurationText(Map<String, ?> properties) {
    this.properties = properties;
  }

  /** Its PID. */
  String pid() {
    return plain(Constants.SERVICE_PID, "an SSH configuration");
  }

  /** The file that it comes from, as its operator knows it. */
  String source() {
    String file = plain(FILE, "");
    if (file.isEmpty()) {
      return "the configuration " + pid();
    }
    String[] parts = file.split("[/\\\\]", -1);
    int last = parts.length - 1;
    return last > 0 ? parts[last - 1] + "/" + parts[last] : parts[last];
  }

  private String plain(String key, String otherwise) {
    Object value = properties.get(key);
    String text = value == null ? "" : value.toString().strip();
    return text.isEmpty() ? otherwise : text;
  }

  /** The keys that begin with this. */
  List<String> keys(String prefix) {
    return properties.keySet().stream().filter(key -> key.startsWith(prefix)).sorted().toList();
  }

  /** The value of a key, empty when it is not set. */
  String text(String key) {
    Object value = properties.get(key);
    if (value instanceof Object[] several) {
      return Arrays.stream(several).map(String::valueOf).collect(Collectors.joining(","));
    }
    String text = plain(key, "");
    if (text.contains("${") || text.contains("$[")) {
      throw wrong(
          key, "a value for its placeholder: the variable or secret that it names is not set");
    }
    return text;
  }

  /** The values of a key, separated by commas. */
  List<String> list(String key) {
    return Arrays.stream(text(key).split(","))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  boolean flag(String key) {
    return switch (text(key).toLowerCase(Locale.ROOT)) {
      case "", "false", "no" -> false;
      case "true", "yes" -> true;
      default -> throw wrong(key, "true or false");
    };
  }

  int number(String key, int otherwise, int least, int most) {
    String text = text(key);
    try {
      int number = text.isEmpty() ? otherwise : Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException invalid) {
      // Said below, as for a number that is out of bounds.
    }
    throw wrong(key, "a whole number from " + least + " to " + most);
  }

  JarvisException wrong(String key, String expected) {
    return new JarvisException(
        ErrorCode.MISCONFIGURED, source() + ": the key " + key + " needs " + expected + ".");
  }
}
