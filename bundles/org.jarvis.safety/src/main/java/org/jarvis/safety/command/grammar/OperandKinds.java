package org.jarvis.safety.command.grammar;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jarvis.api.command.Affected;
import org.jarvis.api.safety.ServiceRules;
import org.jarvis.api.tool.Touch;
import org.jspecify.annotations.Nullable;

/** The kinds of operands that forms can name, and how they are written between angle brackets. */
final class OperandKinds {
  private static final int LONGEST_TEXT = 4096;
  private static final int LONGEST_MATCHED = 256;
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern REPEATED_GROUP = Pattern.compile("\\)[*+{]|\\\\[0-9k]");

  private static final Map<String, OperandKind> KINDS =
      Map.ofEntries(
          like("decimal", "a number", "[0-9]{1,9}(\\.[0-9]{1,9})?"),
          like("size", "a size", "[+-]?[0-9]{1,15}([KMGTPEkmgtpeb]|[KMGTPE]i?B)?"),
          like("duration", "a duration", "[0-9]{1,9}(\\.[0-9]{1,9})?(ms|us|s|m|h|d|w|min|y|M)?"),
          like("time", "a time", "[A-Za-z0-9@+-][A-Za-z0-9 :.,+-]{0,63}"),
          naming("guest", "a guest's number", "[1-9][0-9]{2,8}", Affected.Kind.GUEST),
          naming("unit", "a unit", "[A-Za-z0-9:_.@\\\\*?\\[\\]-]{1,255}", Affected.Kind.SERVICE),
          entry("minor-unit", minorUnit()),
          naming(
              "container",
              "a container",
              "[A-Za-z0-9][A-Za-z0-9_.-]{0,127}",
              Affected.Kind.CONTAINER),
          naming("storage", "a storage", "[A-Za-z][A-Za-z0-9_.-]{0,99}", Affected.Kind.STORAGE),
          naming(
              "volume",
              "a volume",
              "[A-Za-z0-9][A-Za-z0-9_.+-]{0,99}[:/][A-Za-z0-9_+@-][A-Za-z0-9_./+@-]{0,254}",
              Affected.Kind.STORAGE),
          naming("pool", "a pool", "[A-Za-z][A-Za-z0-9_.:-]{0,254}", Affected.Kind.DISK),
          naming(
              "dataset",
              "a dataset",
              "[A-Za-z][A-Za-z0-9_.:-]{0,99}(/[A-Za-z0-9_.:"
                  + " -]{1,254}){0,20}([@#][A-Za-z0-9_.:%-]{1,254})?",
              Affected.Kind.DISK),
          naming(
              "interface",
              "a network interface",
              "[A-Za-z0-9][A-Za-z0-9_.@:-]{0,31}",
              Affected.Kind.NETWORK),
          naming(
              "node",
              "a node",
              "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?",
              Affected.Kind.NODE),
          entry("device", device("/dev/[A-Za-z0-9_./:+@=-]{1,200}")),
          like(
              "address",
              "an address",
              "(?=[^.:]*[.:])[0-9a-fA-F.:]{1,45}(/[0-9.]{1,15})?(%[A-Za-z0-9.]{1,15})?"),
          like("word", "a plain word", "[A-Za-z0-9_.:@%+=,/][A-Za-z0-9_.:@%+=,/-]{0,254}"),
          contact("host", "a host", "[A-Za-z0-9:][A-Za-z0-9.:_%-]{0,254}"),
          contact(
              "url",
              "a URL without a name or password in it",
              "https?://(\\[[0-9a-fA-F:.]{2,45}\\]|[A-Za-z0-9_.-]{1,253})(:[0-9]{1,5})?([/?][A-Za-z0-9_.:/?&=%+,~@-]{0,1024})?"),
          path("file", (word, paths) -> paths.readingObjection(word)),
          path("tree", (word, paths) -> paths.searchingObjection(word)),
          path("path", (word, paths) -> paths.namingObjection(word)),
          free("pattern"),
          free("text"),
          entry("awk", program("awk", AwkProgram::objection)),
          entry("sed", program("sed", SedScript::objection)),
          entry("jq", program("jq", JqFilter::objection)));

  private OperandKinds() {}

  /**
   * Reads what stands between angle brackets.
   *
   * @throws SynopsisProblem when it is none
   */
  static Operand read(String text) {
    List<String> words = new ArrayList<>(List.of(text.strip().split(" +")));
    String name = words.remove(0);
    boolean list = words.remove("list");
    OperandKind kind = kind(name, words);
    Touch touch = null;
    if (!words.isEmpty()) {
      touch = touch(words.remove(0));
      if (kind.affects() == null) {
        throw new SynopsisProblem("<" + name + "> names nothing that something can become of.");
      }
    }
    if (!words.isEmpty()) {
      throw new SynopsisProblem("'" + words.get(0) + "' is too much in <" + text + ">.");
    }
    return new Operand(touch == null ? kind : touched(kind), touch, list);
  }

  /** A touch, by its word. */
  static Touch touch(String word) {
    for (Touch touch : Touch.values()) {
      if (touch.word().equals(word)) {
        return touch;
      }
    }
    throw new SynopsisProblem("'" + word + "' is no touch such as interrupts or takes-down.");
  }

  private static OperandKind kind(String name, List<String> words) {
    if (name.equals("number")) {
      return number(words.isEmpty() || !words.get(0).contains("..") ? null : words.remove(0));
    }
    if (name.equals("like")) {
      if (words.isEmpty()) {
        throw new SynopsisProblem("<like> needs a regular expression.");
      }
      return matching(words.remove(0));
    }
    if (name.equals("device") && words.remove("bare")) {
      return device("(/dev/)?[A-Za-z0-9_./:+@=-]{1,200}");
    }
    OperandKind kind = KINDS.get(name);
    if (kind == null) {
      throw new SynopsisProblem("There is no kind of operand <" + name + ">.");
    }
    return kind;
  }

  /** What is done to something cannot be done to whatever fits a wildcard: nobody knows to what. */
  private static OperandKind touched(OperandKind kind) {
    OperandKind.Check check = kind.check();
    return new OperandKind(
        kind.name(),
        (word, paths) ->
            word.chars().anyMatch(character -> "*?[]".indexOf(character) >= 0)
                ? "has a wildcard; name each one"
                : check.objection(word, paths),
        kind.affects(),
        kind.contacts(),
        kind.free());
  }

  private static OperandKind number(@Nullable String range) {
    long least = 0;
    long most = 999_999_999_999_999_999L;
    if (range != null) {
      try {
        least = Long.parseLong(range.substring(0, range.indexOf("..")));
        most = Long.parseLong(range.substring(range.indexOf("..") + 2));
      } catch (NumberFormatException malformed) {
        throw new SynopsisProblem("'" + range + "' is no range such as 1..100.");
      }
    }
    long from = least;
    long to = most;
    return new OperandKind(
        "number",
        (word, paths) -> {
          if (!WHOLE_NUMBER.matcher(word).matches()) {
            return "is no whole number";
          }
          long value = Long.parseLong(word);
          return value < from || value > to ? "is not between " + from + " and " + to : null;
        },
        null,
        false,
        from < 0);
  }

  private static OperandKind matching(String expression) {
    if (REPEATED_GROUP.matcher(expression).find()) {
      throw new SynopsisProblem(
          "'" + expression + "' repeats a group or refers back to one, which can take for ever.");
    }
    try {
      Pattern form = Pattern.compile(expression);
      return new OperandKind(
          "like",
          (word, paths) ->
              word.length() <= LONGEST_MATCHED && form.matcher(word).matches()
                  ? null
                  : "does not have the form " + expression,
          null,
          false,
          true);
    } catch (PatternSyntaxException malformed) {
      throw new SynopsisProblem("'" + expression + "' is no regular expression.");
    }
  }

  private static OperandKind minorUnit() {
    return new OperandKind(
        "minor-unit",
        (word, paths) ->
            ServiceRules.minor().contains(bare(word))
                ? null
                : "is none of the services whose restart is small",
        Affected.Kind.SERVICE,
        false,
        false);
  }

  /** A unit without {@code .service}. */
  static String bare(String unit) {
    return unit.endsWith(".service") ? unit.substring(0, unit.length() - 8) : unit;
  }

  private static OperandKind device(String expression) {
    Pattern form = Pattern.compile(expression);
    Pattern odd =
        Pattern.compile(
            ".*(//|/\\.{1,2}(/.*)?$).*|/dev/(fd|std|mem|kmem|port|tty|pts|tcp|udp|shm|full|core).*");
    return new OperandKind(
        "device",
        (word, paths) ->
            form.matcher(word).matches() && !odd.matcher(word).matches() ? null : "is no device",
        Affected.Kind.DISK,
        false,
        false);
  }

  private static OperandKind program(String language, OperandKind.Check check) {
    return new OperandKind(language, check, null, false, false);
  }

  private static Map.Entry<String, OperandKind> like(String name, String what, String expression) {
    return entry(name, new OperandKind(name, check(what, expression), null, false, false));
  }

  private static Map.Entry<String, OperandKind> naming(
      String name, String what, String expression, Affected.Kind affects) {
    return entry(name, new OperandKind(name, check(what, expression), affects, false, false));
  }

  private static Map.Entry<String, OperandKind> contact(
      String name, String what, String expression) {
    return entry(name, new OperandKind(name, check(what, expression), null, true, false));
  }

  private static Map.Entry<String, OperandKind> path(String name, OperandKind.Check check) {
    return entry(name, new OperandKind(name, check, null, false, false));
  }

  private static Map.Entry<String, OperandKind> free(String name) {
    return entry(
        name,
        new OperandKind(
            name,
            (word, paths) -> word.length() <= LONGEST_TEXT ? null : "is too long",
            null,
            false,
            true));
  }

  private static OperandKind.Check check(String what, String expression) {
    Pattern form = Pattern.compile(expression);
    String objection = "is not " + what.toLowerCase(Locale.ROOT);
    return (word, paths) -> form.matcher(word).matches() ? null : objection;
  }
}
