package org.jarvis.extensions;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The main section of a manifest, read strictly. Readers of manifests differ in what they make of
 * odd ones, and a person has to consent to what the framework will understand; so whatever could be
 * read in two ways is refused.
 */
final class ManifestText {
  private final Map<String, String> headers;

  private ManifestText(Map<String, String> headers) {
    this.headers = headers;
  }

  /** A manifest that could be read in two ways. */
  static final class AmbiguousException extends Exception {
    private static final long serialVersionUID = 1L;

    AmbiguousException(String message) {
      super(message);
    }
  }

  /** Reads it. */
  static ManifestText parse(byte[] bytes) throws AmbiguousException {
    String text = new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "\n");
    Map<String, String> headers = new HashMap<>();
    String last = null;
    for (String line : text.split("\n", -1)) {
      if (line.isEmpty()) {
        break;
      }
      if (line.chars().anyMatch(character -> character < ' ')) {
        throw new AmbiguousException("its manifest has control characters in it");
      }
      if (line.charAt(0) == ' ') {
        if (last == null) {
          throw new AmbiguousException("its manifest begins with a continued line");
        }
        headers.merge(last, line.substring(1), String::concat);
        continue;
      }
      // The space is missing where an editor has cut it off behind an empty header.
      int colon =
          line.indexOf(": ") < 0 && line.endsWith(":") ? line.length() - 1 : line.indexOf(": ");
      String name = line.substring(0, Math.max(0, colon));
      if (!name.matches("[A-Za-z0-9_-]{1,70}")) {
        throw new AmbiguousException("its manifest has a line that is no header");
      }
      last = name.toLowerCase(Locale.ROOT);
      if (headers.put(last, line.substring(Math.min(colon + 2, line.length()))) != null) {
        throw new AmbiguousException("its manifest has the header " + name + " twice");
      }
    }
    return new ManifestText(headers);
  }

  /** A header; {@code null} where it is missing or blank. */
  @Nullable String header(String name) {
    String value = headers.get(name.toLowerCase(Locale.ROOT));
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** A header; empty where it is missing. */
  String text(String name) {
    String value = header(name);
    return value == null ? "" : value;
  }
}
