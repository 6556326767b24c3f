package org.jarvis.tools.screen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.text.InertText;
import org.jarvis.api.tool.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * Makes what is shown from arguments that fit the schema: each kind has what it needs and nothing
 * of another, every resource is there, and every text can be drawn as it is, whoever wrote it.
 */
final class ShownContent {
  /** The figures that are measured. */
  static final List<String> FIGURES =
      List.of("cpu", "memory", "disk", "load", "netIn", "netOut", "diskRead", "diskWritten");

  private static final int USUAL_MINUTES = 60;

  /** What may be shown, with the members that it cannot do without and those that it can. */
  private static final Map<String, Members> KINDS = new LinkedHashMap<>();

  private record Members(Set<String> needed, Set<String> free) {}

  static {
    KINDS.put("chart", new Members(Set.of("series"), Set.of("minutes")));
    KINDS.put("table", new Members(Set.of("columns", "rows"), Set.of()));
    KINDS.put("log", new Members(Set.of("lines"), Set.of()));
    KINDS.put("resource", new Members(Set.of("ref"), Set.of("facts")));
    KINDS.put("plan", new Members(Set.of("steps"), Set.of()));
  }

  private ShownContent() {}

  static List<String> kinds() {
    return List.copyOf(KINDS.keySet());
  }

  /**
   * What is shown.
   *
   * @throws JarvisException {@code INVALID_ARGUMENTS} that names the member, {@code NOT_FOUND} that
   *     names the resource
   */
  static Arguments of(Arguments arguments, LiveState state) {
    Map<String, @Nullable Object> given = arguments.values();
    String show = (String) given.get("show");
    checkMembers(String.valueOf(show), given.keySet());
    Map<String, @Nullable Object> content = new LinkedHashMap<>();
    content.put("show", show);
    content.put("title", line("title", given.get("title")));
    given.forEach(
        (name, value) -> {
          if (!content.containsKey(name)) {
            content.put(name, plain(name, value));
          }
        });
    if ("chart".equals(show)) {
      content.putIfAbsent("minutes", USUAL_MINUTES);
    }
    if ("table".equals(show)) {
      checkRows((List<?>) given.get("columns"), (List<?>) given.get("rows"));
    }
    refs(content).forEach(ref -> checkRef(ref, state));
    return new Arguments(content);
  }

  private static void checkMembers(String show, Set<String> given) {
    Members members = KINDS.get(show);
    if (members == null) {
      throw wrong("show", "must be one of " + String.join(", ", KINDS.keySet()));
    }
    for (String needed : new TreeSet<>(members.needed())) {
      if (!given.contains(needed)) {
        throw wrong(needed, "is needed for a " + show);
      }
    }
    for (String name : given) {
      boolean general = name.equals("show") || name.equals("title");
      if (!general && !members.needed().contains(name) && !members.free().contains(name)) {
        throw wrong(name, "does not belong to a " + show);
      }
    }
  }

  private static void checkRows(@Nullable List<?> columns, @Nullable List<?> rows) {
    int most = columns == null ? 0 : columns.size();
    for (int i = 0; rows != null && i < rows.size(); i++) {
      if (((List<?>) rows.get(i)).size() > most) {
        throw wrong("rows/" + i, "has more cells than there are columns");
      }
    }
  }

  /** Every text of it without what cannot be seen; {@code at} tells where it stands. */
  private static @Nullable Object plain(String at, @Nullable Object value) {
    if (value instanceof Map<?, ?> object) {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      object.forEach((name, member) -> plain.put((String) name, plain(at + "/" + name, member)));
      return plain;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> plain = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        plain.add(plain(at + "/" + i, list.get(i)));
      }
      return plain;
    }
    if (!(value instanceof String text)) {
      return value;
    }
    // Cells and lines may be empty; what something is called may not.
    return at.startsWith("lines/")
        ? InertText.logLine(text, ShowOnScreenTool.LONGEST_LINE)
        : at.startsWith("rows/") || at.endsWith("/value")
            ? InertText.line(text, ShowOnScreenTool.LONGEST_CELL)
            : line(at, text);
  }

  private static String line(String at, @Nullable Object text) {
    String line = InertText.line(String.valueOf(text), ShowOnScreenTool.LONGEST_CELL);
    if (line.isEmpty()) {
      throw wrong(at, "has nothing in it that can be seen");
    }
    return line;
  }

  private static List<String> refs(Map<String, @Nullable Object> content) {
    List<String> refs = new ArrayList<>();
    if (content.get("ref") instanceof String ref) {
      refs.add(ref);
    }
    if (content.get("series") instanceof List<?> series) {
      series.forEach(one -> refs.add(String.valueOf(((Map<?, ?>) one).get("ref"))));
    }
    return refs;
  }

  private static void checkRef(String text, LiveState state) {
    ResourceRef ref =
        ResourceRef.parse(text)
            .orElseThrow(
                () ->
                    wrong(
                        "ref",
                        "is an address such as pve:home:guest:101, as other tools tell it; this is"
                            + " none: "
                            + text));
    if (state.find(ref).isEmpty()) {
      throw new JarvisException(
          ErrorCode.NOT_FOUND,
          "There is no resource "
              + ref
              + ", so it cannot be shown. get_cluster_resources lists those that there are.");
    }
  }

  private static JarvisException wrong(String field, String what) {
    return new JarvisException(
        ErrorCode.INVALID_ARGUMENTS,
        "The arguments do not fit show_on_screen: " + field + " " + what + ".",
        List.of(new FieldError(field, what)));
  }
}
