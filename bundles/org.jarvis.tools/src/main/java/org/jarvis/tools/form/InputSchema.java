package org.jarvis.tools.form;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** JSON Schemas of the tools' arguments, put together from the properties that several share. */
public final class InputSchema {
  static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

  /** The form of a node's name. */
  public static final String NODE_FORM = "^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$";

  /** The form of a storage's name: {@code pve-storage-id}. */
  public static final String STORAGE_FORM = "^[A-Za-z][A-Za-z0-9._-]{0,98}[A-Za-z0-9]$";

  /** The form of a snapshot's name: {@code pve-configid}. */
  public static final String SNAPSHOT_FORM = "^[A-Za-z][A-Za-z0-9_-]{1,39}$";

  /** The form of a service's unit, without suffix. */
  public static final String SERVICE_FORM = "^[A-Za-z0-9][A-Za-z0-9@._-]{0,63}$";

  /** Which cluster. */
  public static final String CLUSTER =
      text(
          "cluster",
          "^[a-z][a-z0-9-]{0,31}$",
          "The cluster's short name in Jarvis, such as home. Needed only where several clusters are"
              + " connected.");

  /** Which node. */
  public static final String NODE = node("node", "The name of a node, such as pve1.");

  /** How many rows. */
  public static final String LIMIT =
      whole(
          "limit",
          1,
          BoundedList.MAX_LIMIT,
          BoundedList.DEFAULT_LIMIT,
          "How many entries to list at most. The result says how many there are in all.");

  /** What the rows have to contain. */
  public static final String TEXT =
      words("text", 100, "Only entries in which some value contains this, in upper or lower case.");

  private InputSchema() {}

  /** The number of a guest. */
  public static String vmid(String description) {
    return number("vmid", description);
  }

  /** The number of a guest under another name. */
  public static String number(String name, String description) {
    return property(
        name, "\"type\":\"integer\",\"minimum\":100,\"maximum\":999999999", description);
  }

  /** A number, maybe with a fraction. */
  public static String number(String name, long least, long most, String description) {
    return property(
        name, "\"type\":\"number\",\"minimum\":" + least + ",\"maximum\":" + most, description);
  }

  /** The name of a node. */
  public static String node(String name, String description) {
    return text(name, NODE_FORM, description);
  }

  /** The name of a storage. */
  public static String storage(String description) {
    return text("storage", STORAGE_FORM, description);
  }

  /** The unit of a service. */
  public static String service(String description) {
    return text("service", SERVICE_FORM, description);
  }

  /** A word of this form. */
  public static String text(String name, String form, String description) {
    return property(name, "\"type\":\"string\",\"pattern\":" + Columns.quoted(form), description);
  }

  /** Any words, of bounded length. */
  public static String words(String name, int longest, String description) {
    return property(
        name, "\"type\":\"string\",\"minLength\":1,\"maxLength\":" + longest, description);
  }

  /** A yes or no. */
  public static String flag(String name, boolean usual, String description) {
    return property(name, "\"type\":\"boolean\",\"default\":" + usual, description);
  }

  /** A whole number. */
  public static String whole(String name, long least, long most, String description) {
    return property(
        name, "\"type\":\"integer\",\"minimum\":" + least + ",\"maximum\":" + most, description);
  }

  /** A whole number with what it is where none is given. */
  public static String whole(String name, long least, long most, long usual, String description) {
    return property(
        name,
        "\"type\":\"integer\",\"minimum\":"
            + least
            + ",\"maximum\":"
            + most
            + ",\"default\":"
            + usual,
        description);
  }

  /** One of these words. */
  public static String choice(String name, List<String> words, String description) {
    return property(name, "\"type\":\"string\",\"enum\":" + array(words), description);
  }

  /** Some of these words, each at most once. */
  public static String choices(String name, List<String> words, String description) {
    return property(
        name,
        "\"type\":\"array\",\"minItems\":1,\"uniqueItems\":true,\"items\":{\"type\":\"string\",\"enum\":"
            + array(words)
            + "}",
        description);
  }

  /** Words of this form, each at most once. */
  public static String list(String name, String form, int most, String description) {
    return property(
        name,
        "\"type\":\"array\",\"maxItems\":"
            + most
            + ",\"uniqueItems\":true,\"items\":{\"type\":\"string\",\"pattern\":"
            + Columns.quoted(form)
            + "}",
        description);
  }

  /** Any words in their order, of bounded number and length. */
  public static String wordList(String name, int most, int longest, String description) {
    return property(
        name,
        "\"type\":\"array\",\"minItems\":1,\"maxItems\":"
            + most
            + ",\"items\":{\"type\":\"string\",\"maxLength\":"
            + longest
            + "}",
        description);
  }

  /** An object within, of these properties and no others. */
  public static String object(String name, String description, List<String> properties) {
    return property(
        name,
        "\"type\":\"object\",\"additionalProperties\":false,\"minProperties\":1,\"properties\":{"
            + String.join(",", properties)
            + "}",
        description);
  }

  /** Objects within, of these properties and no others. */
  public static String objects(
      String name,
      int least,
      int most,
      String description,
      List<String> required,
      String... properties) {
    return property(
        name,
        "\"type\":\"array\",\"minItems\":"
            + least
            + ",\"maxItems\":"
            + most
            + ",\"items\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":"
            + array(required)
            + ",\"properties\":{"
            + String.join(",", properties)
            + "}}",
        description);
  }

  /** Words of bounded length, a number, a yes or no, or nothing. */
  public static String cell(String name, int longest, String description) {
    return property(name, cell(longest), description);
  }

  /** Rows of such cells. */
  public static String cells(
      String name, int mostRows, int mostCells, int longest, String description) {
    return property(
        name,
        "\"type\":\"array\",\"maxItems\":"
            + mostRows
            + ",\"items\":{\"type\":\"array\",\"maxItems\":"
            + mostCells
            + ",\"items\":{"
            + cell(longest)
            + "}}",
        description);
  }

  private static String cell(int longest) {
    return "\"type\":[\"string\",\"number\",\"boolean\",\"null\"],\"maxLength\":" + longest;
  }

  private static String property(String name, String rules, String description) {
    return Columns.quoted(name)
        + ":{"
        + rules
        + ",\"description\":"
        + Columns.quoted(description)
        + "}";
  }

  private static String array(List<String> words) {
    return words.stream().map(Columns::quoted).collect(Collectors.joining(",", "[", "]"));
  }

  /** An object of these properties and no others. */
  public static String of(List<String> required, String... properties) {
    return "{\"$schema\":\""
        + DRAFT
        + "\",\"type\":\"object\",\"additionalProperties\":false,\"required\":"
        + array(required)
        + ",\"properties\":{"
        + Stream.of(properties).collect(Collectors.joining(","))
        + "}}";
  }
}
