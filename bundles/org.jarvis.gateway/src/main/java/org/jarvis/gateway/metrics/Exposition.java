package org.jarvis.gateway.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Figures in Prometheus' text format 0.0.4
 * (https://prometheus.io/docs/instrumenting/exposition_formats/). The samples of a family come
 * together, whatever the order in which they were added.
 */
final class Exposition {
  /** The media type. */
  static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Map<String, StringBuilder> families = new LinkedHashMap<>();

  /** A value that goes up and down; nothing where there is none. Label names and values in turn. */
  void gauge(String name, String help, @Nullable Number value, String... labels) {
    sample(name, "gauge", help, value, labels);
  }

  /** A value that only goes up. */
  void counter(String name, String help, @Nullable Number value, String... labels) {
    sample(name, "counter", help, value, labels);
  }

  private void sample(
      String name, String type, String help, @Nullable Number value, String... labels) {
    if (value == null || !Double.isFinite(value.doubleValue())) {
      return;
    }
    StringBuilder text =
        families.computeIfAbsent(
            name,
            key ->
                new StringBuilder()
                    .append("# HELP ")
                    .append(name)
                    .append(' ')
                    .append(help)
                    .append("\n# TYPE ")
                    .append(name)
                    .append(' ')
                    .append(type)
                    .append('\n'));
    text.append(name);
    for (int i = 0; i < labels.length; i += 2) {
      text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
      escape(text, labels[i + 1]);
      text.append('"');
    }
    text.append(labels.length == 0 ? " " : "} ").append(value).append('\n');
  }

  private static void escape(StringBuilder text, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '"' -> text.append("\\\"");
        case '\n' -> text.append("\\n");
        default -> text.append(c);
      }
    }
  }

  @Override
  public String toString() {
    return String.join("", families.values());
  }
}
