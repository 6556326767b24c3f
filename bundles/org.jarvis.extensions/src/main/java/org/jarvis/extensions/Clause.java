package org.jarvis.extensions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One clause of a manifest header, such as {@code org.osgi.framework;version="[1.10,2)"}.
 *
 * @param names what the clause is about; several names may share one list of parameters
 * @param parameters its attributes by name, its directives by name with a colon at the end
 */
record Clause(List<String> names, Map<String, String> parameters) {
  Clause {
    names = List.copyOf(names);
    parameters = Map.copyOf(parameters);
  }

  /** Reads a header; what is malformed in it becomes a name that nothing has. */
  static List<Clause> parse(String header) {
    List<Clause> clauses = new ArrayList<>();
    for (String clause : split(header, ',')) {
      List<String> names = new ArrayList<>();
      Map<String, String> parameters = new LinkedHashMap<>();
      for (String part : split(clause, ';')) {
        int equals = unquotedEquals(part);
        if (equals < 0) {
          names.add(part);
        } else {
          parameters.put(
              part.substring(0, equals).strip(), unquote(part.substring(equals + 1).strip()));
        }
      }
      if (!names.isEmpty()) {
        clauses.add(new Clause(names, parameters));
      }
    }
    return clauses;
  }

  /** Whether what it asks for may be missing. */
  boolean optional() {
    return "optional".equals(parameters.get("resolution:"));
  }

  private static int unquotedEquals(String part) {
    int equals = part.indexOf('=');
    int quote = part.indexOf('"');
    return quote >= 0 && quote < equals ? -1 : equals;
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      boolean end = i == text.length();
      char here = end ? separator : text.charAt(i);
      if (here == '"' && !end) {
        quoted = !quoted;
      } else if (end || (here == separator && !quoted)) {
        String part = text.substring(start, i).strip();
        if (!part.isEmpty()) {
          parts.add(part);
        }
        start = i + 1;
      }
    }
    return parts;
  }

  private static String unquote(String value) {
    return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }
}
