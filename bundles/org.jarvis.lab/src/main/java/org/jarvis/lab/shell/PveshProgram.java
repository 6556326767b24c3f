package org.jarvis.lab.shell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.lab.pve.PveReply;

/** {@code pvesh get}, and the writing verbs by the same API. */
final class PveshProgram {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FAILED = 255;
  private static final Map<String, String> VERBS =
      Map.of("get", "GET", "ls", "GET", "create", "POST", "set", "PUT", "delete", "DELETE");

  private PveshProgram() {}

  static int run(Call call) throws IOException {
    if (PveAnswers.refused(call)) {
      return FAILED;
    }
    List<String> words = new ArrayList<>(call.arguments());
    String verb = words.isEmpty() ? "" : words.remove(0);
    if (!VERBS.containsKey(verb) || words.isEmpty()) {
      call.err().println("ERROR: unknown command 'pvesh " + verb + "'");
      call.err().println("USAGE: pvesh get <api_path> [OPTIONS] [FORMAT_OPTIONS]");
      return FAILED;
    }
    String path = words.remove(0);
    Map<String, String> parameters = new LinkedHashMap<>();
    String format = "text";
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i).replaceFirst("^-+", "");
      int mark = word.indexOf('=');
      String name = mark < 0 ? word : word.substring(0, mark);
      if (List.of("noborder", "noheader", "human-readable", "quiet").contains(name)) {
        continue;
      }
      String value =
          mark >= 0 ? word.substring(mark + 1) : i + 1 < words.size() ? words.get(++i) : "1";
      if (name.equals("output-format")) {
        format = value;
      } else {
        parameters.put(name, value);
      }
    }
    String whole =
        (path.startsWith("/") ? path : "/" + path)
            .replace("/nodes/localhost", "/nodes/" + call.machine().name());
    PveReply reply =
        call.machine().world().call(VERBS.getOrDefault(verb, "GET"), whole, parameters);
    if (!reply.succeeded()) {
      call.err()
          .println(
              reply.status() == 501
                  ? "No '" + verb + "' handler defined for '" + whole + "'"
                  : reply.reason());
      return FAILED;
    }
    JsonNode data = PveAnswers.data(reply);
    switch (format) {
      case "json" -> call.out().println(JSON.writeValueAsString(data));
      case "json-pretty" ->
          call.out().println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(data));
      default -> text(call.out(), data);
    }
    return 0;
  }

  private static void text(Output out, JsonNode data) throws IOException {
    if (data.isValueNode()) {
      out.println(data.asText());
      return;
    }
    Set<String> columns = new LinkedHashSet<>();
    List<List<String>> rows = new ArrayList<>();
    if (data.isObject()) {
      columns.add("key");
      columns.add("value");
      data.properties()
          .forEach(field -> rows.add(List.of(field.getKey(), shown(field.getValue()))));
    } else {
      data.forEach(row -> row.fieldNames().forEachRemaining(columns::add));
      data.forEach(
          row ->
              rows.add(
                  columns.stream()
                      .map(name -> row.has(name) ? shown(row.get(name)) : "")
                      .toList()));
    }
    if (!rows.isEmpty()) {
      table(out, List.copyOf(columns), rows);
    }
  }

  private static String shown(JsonNode value) {
    return value.isValueNode() ? value.asText().replace("\n", " ") : value.toString();
  }

  private static void table(Output out, List<String> columns, List<List<String>> rows)
      throws IOException {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = columns.get(i).length();
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    rule(out, widths, "┌", "┬", "┐", "─");
    line(out, widths, columns);
    rule(out, widths, "╞", "╪", "╡", "═");
    for (int i = 0; i < rows.size(); i++) {
      if (i > 0) {
        rule(out, widths, "├", "┼", "┤", "─");
      }
      line(out, widths, rows.get(i));
    }
    rule(out, widths, "└", "┴", "┘", "─");
  }

  private static void rule(
      Output out, int[] widths, String left, String middle, String right, String dash)
      throws IOException {
    List<String> parts = new ArrayList<>();
    for (int width : widths) {
      parts.add(dash.repeat(width + 2));
    }
    out.println(left + String.join(middle, parts) + right);
  }

  private static void line(Output out, int[] widths, List<String> cells) throws IOException {
    StringBuilder line = new StringBuilder("│");
    for (int i = 0; i < widths.length; i++) {
      line.append(' ').append(SystemPrograms.left(cells.get(i), widths[i])).append(" │");
    }
    out.println(line.toString());
  }
}
