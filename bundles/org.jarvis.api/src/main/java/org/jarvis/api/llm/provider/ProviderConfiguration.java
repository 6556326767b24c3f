package org.jarvis.api.llm.provider;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/**
 * A provider's configuration, key by key. What is wrong is said with file, key and what is
 * expected; it goes to the log and to the health page, so it never repeats a value: a key may have
 * got into the wrong line.
 */
public final class ProviderConfiguration {
  private static final String PID = "service.pid";
  private static final String FILE = "felix.fileinstall.filename";
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,9})?");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\[(?:env|secret):[^\\]]+\\]");

  private final Map<String, ?> properties;
  private final Map<String, ?> written;

  /**
   * A configuration.
   *
   * @param properties as a component gets it, with placeholders replaced
   * @param written as it was written, with placeholders
   */
  public ProviderConfiguration(Map<String, ?> properties, Map<String, ?> written) {
    this.properties = properties;
    this.written = written;
  }

  /** Its PID. */
  public String pid() {
    return plain(properties, PID, "of a language model");
  }

  /** The file that it comes from, as its operator knows it. */
  public String source() {
    String file = plain(properties, FILE, "");
    if (file.isEmpty()) {
      return "the configuration " + pid();
    }
    String[] parts = file.split("[/\\\\]", -1);
    int last = parts.length - 1;
    return last > 0 ? parts[last - 1] + "/" + parts[last] : parts[last];
  }

  private static String plain(Map<String, ?> from, String key, String otherwise) {
    Object value = from.get(key);
    String text =
        value instanceof Object[] several
            ? Arrays.stream(several).map(String::valueOf).collect(Collectors.joining(","))
            : value == null ? "" : value.toString().strip();
    return text.isEmpty() ? otherwise : text;
  }

  /** The value of a key, empty when it is not set. */
  public String text(String key) {
    String text = plain(properties, key, "");
    if (text.contains("${") || text.contains("$[")) {
      throw wrong(
          key, "a value for its placeholder: the variable or secret that it names is not set");
    }
    return text;
  }

  /** The value of a key that holds a secret, empty when it is not set. It must be a placeholder. */
  public String secret(String key) {
    String text = text(key);
    if (!text.isEmpty() && !PLACEHOLDER.matcher(plain(written, key, "")).matches()) {
      throw wrong(
          key,
          "a placeholder such as $[env:NAME] or $[secret:NAME], and not the secret itself: files"
              + " are shown, copied and kept");
    }
    return text;
  }

  /** Yes or no. */
  public boolean flag(String key, boolean otherwise) {
    return switch (text(key).toLowerCase(Locale.ROOT)) {
      case "" -> otherwise;
      case "false", "no" -> false;
      case "true", "yes" -> true;
      default -> throw wrong(key, "true or false");
    };
  }

  /** A whole number within bounds. */
  public int number(String key, int otherwise, int least, int most) {
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

  /** A decimal number that is not below zero. */
  public BigDecimal decimal(String key, BigDecimal otherwise) {
    String text = text(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!DECIMAL.matcher(text).matches()) {
      throw wrong(key, "a number such as 2.50");
    }
    return new BigDecimal(text);
  }

  /** Says what a key needs. */
  public JarvisException wrong(String key, String expected) {
    return new JarvisException(
        ErrorCode.MISCONFIGURED, source() + ": the key " + key + " needs " + expected + ".");
  }
}
