package org.jarvis.tools.form;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jarvis.api.resource.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object in a result: their names, their schema, and where their values come
 * from, said once. What is not known is {@code null}. Strings are made one line of bounded length.
 *
 * <p>Put together once, and only read afterwards.
 */
public final class Columns<T> {
  private static final int MAX_TEXTS = 50;
  private static final int MAX_ROWS = 100;

  /** What the rows of a list within may take as JSON, so that some such lists fit a result. */
  private static final int MAX_ROWS_BYTES = 8 * 1024;

  private static final int MAX_TEXTS_BYTES = 2 * 1024;
  private static final int LONGEST_NOTE = 2_000;

  private final List<Column<T>> columns = new ArrayList<>();

  /** An object without members so far. */
  public Columns() {}

  /** Where a value comes from. */
  @FunctionalInterface
  public interface Value<T> {
    /** The value, {@code null} while not known. */
    @Nullable Object of(T row);
  }

  private record Column<T>(String name, String schema, Value<T> value) {}

  /** Words of one line. */
  public Columns<T> text(String name, String description, Value<T> value) {
    return add(name, type("string", description), row -> said(value.of(row)));
  }

  /** Words of several lines that people wrote. */
  public Columns<T> note(String name, String description, Value<T> value) {
    return add(
        name,
        type("string", description),
        row -> {
          Object note = value.of(row);
          return note == null ? null : Words.lines(note.toString(), LONGEST_NOTE);
        });
  }

  /** What a program printed, of which so many bytes are kept. */
  public Columns<T> printed(String name, String description, int bytes, Value<T> value) {
    return add(
        name,
        type("string", description),
        row -> {
          Object text = value.of(row);
          return text == null ? null : Printed.bounded(text.toString(), bytes);
        });
  }

  /** An amount of data; the name ends in {@code Bytes}. */
  public Columns<T> bytes(String name, String description, Value<T> value) {
    return add(
        name,
        type("integer", description + " In bytes."),
        row -> value.of(row) instanceof Bytes bytes ? bytes.value() : null);
  }

  /** A length of time; the name ends in {@code Seconds}. */
  public Columns<T> seconds(String name, String description, Value<T> value) {
    return add(
        name,
        type("integer", description + " In seconds."),
        row -> value.of(row) instanceof Duration duration ? duration.toSeconds() : null);
  }

  /** A moment. */
  public Columns<T> time(String name, String description, Value<T> value) {
    return add(
        name,
        type("string", description + " As in 2026-05-01T12:00:00Z."),
        row -> {
          Object at = value.of(row);
          return at == null ? null : at.toString();
        });
  }

  /** A whole number. */
  public Columns<T> whole(String name, String description, Value<T> value) {
    return add(name, type("integer", description), value);
  }

  /** A number. */
  public Columns<T> number(String name, String description, Value<T> value) {
    return add(name, type("number", description), value);
  }

  /** A yes or no. */
  public Columns<T> flag(String name, String description, Value<T> value) {
    return add(name, type("boolean", description), value);
  }

  /** A list of words. Of a long one the last says how many were left out. */
  public Columns<T> texts(String name, String description, Value<T> value) {
    return list(
        name, description, "{\"type\":\"string\"}", row -> texts((List<?>) some(value.of(row))));
  }

  /** A list of words that is bounded already. */
  Columns<T> words(String name, String description, Value<T> value) {
    return list(name, description, "{\"type\":\"string\"}", value);
  }

  /** A list of moments that is bounded already. */
  public Columns<T> moments(String name, String description, Value<T> value) {
    return words(
        name, description, row -> some(value.of(row)).stream().map(Object::toString).toList());
  }

  /** A list of numbers. */
  public Columns<T> numbers(String name, String description, Value<T> value) {
    return list(name, description, "{\"type\":\"number\"}", row -> some(value.of(row)));
  }

  /** A list of objects, with how many there are in all in a member of its own. */
  public <U> Columns<T> rows(String name, String description, Columns<U> members, Value<T> value) {
    return rows(name, description, MAX_ROWS_BYTES, members, value);
  }

  /** The same, of which the objects may take so many bytes as JSON. */
  public <U> Columns<T> rows(
      String name, String description, int bytes, Columns<U> members, Value<T> value) {
    return list(
            name,
            description,
            members.schema(),
            row -> fitting(Columns.<U>list(value.of(row)), members, bytes))
        .whole(
            name + "Total",
            "How many of these there are in all; at most " + MAX_ROWS + " are listed.",
            row -> list(value.of(row)).size());
  }

  private static <U> List<Map<String, @Nullable Object>> fitting(
      List<U> all, Columns<U> members, int bytes) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    int left = bytes;
    for (U one : all.subList(0, Math.min(all.size(), MAX_ROWS))) {
      Map<String, @Nullable Object> row = members.row(one);
      left -= JsonSize.of(row);
      if (left < 0 && !rows.isEmpty()) {
        break;
      }
      rows.add(row);
    }
    return rows;
  }

  /** The rows of a list, made already. */
  Columns<T> items(Columns<?> members, String description, Value<T> value) {
    return list("items", description, members.schema(), value);
  }

  /** An object within. */
  @SuppressWarnings("unchecked") // The caller's value is of the type of its own columns.
  public <U> Columns<T> object(
      String name, String description, Columns<U> members, Value<T> value) {
    return add(
        name,
        "{\"type\":[\"object\",\"null\"],\"description\":"
            + quoted(description)
            + ","
            + members.inside()
            + "}",
        row -> {
          Object within = value.of(row);
          return within == null ? null : members.row((U) within);
        });
  }

  /** The members of another set, too. */
  public Columns<T> and(Columns<T> others) {
    columns.addAll(others.columns);
    return this;
  }

  /** Where the values of other columns come from. */
  @FunctionalInterface
  public interface Part<T, U> {
    /** What those are about. */
    U of(T row);
  }

  /** The members of a part, side by side with the others. */
  public <U> Columns<T> within(Columns<U> part, Part<T, U> of) {
    for (Column<U> column : part.columns) {
      add(column.name(), column.schema(), row -> column.value().of(of.of(row)));
    }
    return this;
  }

  private Columns<T> list(String name, String description, String items, Value<T> value) {
    return add(
        name,
        "{\"type\":\"array\",\"description\":" + quoted(description) + ",\"items\":" + items + "}",
        value);
  }

  private Columns<T> add(String name, String schema, Value<T> value) {
    columns.add(new Column<>(name, schema, value));
    return this;
  }

  private static String type(String type, String description) {
    return "{\"type\":[\"" + type + "\",\"null\"],\"description\":" + quoted(description) + "}";
  }

  private static @Nullable String said(@Nullable Object text) {
    return text == null ? null : Words.said(text.toString());
  }

  private static List<?> some(@Nullable Object list) {
    return list == null ? List.of() : (List<?>) list;
  }

  @SuppressWarnings("unchecked") // As with object.
  private static <U> List<U> list(@Nullable Object list) {
    return (List<U>) some(list);
  }

  private static List<String> texts(List<?> all) {
    List<String> texts = new ArrayList<>();
    int left = MAX_TEXTS_BYTES;
    for (Object one : all.subList(0, Math.min(all.size(), MAX_TEXTS))) {
      String text = Words.said(one.toString());
      left -= JsonSize.of(text);
      if (left < 0) {
        break;
      }
      texts.add(text);
    }
    if (texts.size() < all.size()) {
      texts.add("… and " + (all.size() - texts.size()) + " more");
    }
    return texts;
  }

  /** The object that is made of this. */
  public Map<String, @Nullable Object> row(T of) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    columns.forEach(column -> row.put(column.name(), column.value().of(of)));
    return row;
  }

  /** The JSON Schema of such an object, to stand in another one. */
  public String schema() {
    return "{\"type\":\"object\"," + inside() + "}";
  }

  /** The JSON Schema of a result that is such an object. */
  public String resultSchema() {
    return "{\"$schema\":\"" + InputSchema.DRAFT + "\",\"type\":\"object\"," + inside() + "}";
  }

  private String inside() {
    return "\"additionalProperties\":false,\"required\":["
        + columns.stream().map(column -> quoted(column.name())).collect(Collectors.joining(","))
        + "],\"properties\":{"
        + columns.stream()
            .map(column -> quoted(column.name()) + ":" + column.schema())
            .collect(Collectors.joining(","))
        + "}";
  }

  /** Text of our own as a JSON string. */
  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
