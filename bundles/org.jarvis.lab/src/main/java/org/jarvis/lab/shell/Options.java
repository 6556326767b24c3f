package org.jarvis.lab.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of a command line, read in the way of {@code getopt_long}: bundled letters, values in
 * the same or the next word, long names, operands in between, and {@code --}.
 */
final class Options {

  /** Options that make no sense; the message is what the program says after its name. */
  static final class Unknown extends Exception {
    private static final long serialVersionUID = 1L;

    Unknown(String message) {
      super(message, null, false, false);
    }

    String said() {
      return String.valueOf(getMessage());
    }
  }

  private final Map<String, List<String>> given = new HashMap<>();
  private final List<String> operands = new ArrayList<>();

  private Options() {}

  /**
   * Reads them.
   *
   * @param letters the one-letter options, each followed by {@code :} where it takes a value and by
   *     {@code ?} where it may have one in the same word
   * @param names the long ones: alone, with a colon behind where they take a value, and with an
   *     equals sign and a letter where they say the same as that
   */
  static Options of(List<String> arguments, String letters, String... names) throws Unknown {
    Options options = new Options();
    Map<String, String> longs = new HashMap<>();
    for (String name : names) {
      int same = name.indexOf('=');
      String bare = same < 0 ? name : name.substring(0, same);
      longs.put(
          bare.replace(":", ""),
          (bare.endsWith(":") ? ":" : "")
              + (same < 0 ? bare.replace(":", "") : name.substring(same + 1)));
    }
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (word.equals("--")) {
        options.operands.addAll(arguments.subList(i + 1, arguments.size()));
        break;
      } else if (word.startsWith("--")) {
        i = options.longOption(word, longs, arguments, i);
      } else if (word.length() > 1 && word.startsWith("-")) {
        i = options.letters(word, letters, arguments, i);
      } else {
        options.operands.add(word);
      }
    }
    return options;
  }

  private int longOption(String word, Map<String, String> longs, List<String> arguments, int index)
      throws Unknown {
    int mark = word.indexOf('=');
    String name = mark < 0 ? word.substring(2) : word.substring(2, mark);
    String meaning = longs.get(name);
    if (meaning == null) {
      throw new Unknown("unrecognized option '" + word + "'");
    }
    String key = meaning.replace(":", "");
    if (!meaning.startsWith(":")) {
      put(key, mark < 0 ? "" : word.substring(mark + 1));
      return index;
    }
    if (mark >= 0) {
      put(key, word.substring(mark + 1));
      return index;
    }
    if (index + 1 == arguments.size()) {
      throw new Unknown("option '--" + name + "' requires an argument");
    }
    put(key, arguments.get(index + 1));
    return index + 1;
  }

  private int letters(String word, String letters, List<String> arguments, int index)
      throws Unknown {
    for (int i = 1; i < word.length(); i++) {
      char letter = word.charAt(i);
      int place = letter == ':' || letter == '?' ? -1 : letters.indexOf(letter);
      if (place < 0) {
        throw new Unknown("invalid option -- '" + letter + "'");
      }
      char kind = place + 1 < letters.length() ? letters.charAt(place + 1) : ' ';
      String rest = word.substring(i + 1);
      if (kind == ':' && rest.isEmpty()) {
        if (index + 1 == arguments.size()) {
          throw new Unknown("option requires an argument -- '" + letter + "'");
        }
        put(String.valueOf(letter), arguments.get(index + 1));
        return index + 1;
      }
      if (kind == ':' || kind == '?') {
        put(String.valueOf(letter), rest);
        return index;
      }
      put(String.valueOf(letter), "");
    }
    return index;
  }

  private void put(String key, String value) {
    given.computeIfAbsent(key, name -> new ArrayList<>()).add(value);
  }

  boolean has(String key) {
    return given.containsKey(key);
  }

  /** The last value that was given. */
  Optional<String> value(String key) {
    List<String> values = given.getOrDefault(key, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
  }

  String value(String key, String otherwise) {
    return value(key).orElse(otherwise);
  }

  List<String> values(String key) {
    return given.getOrDefault(key, List.of());
  }

  List<String> operands() {
    return List.copyOf(operands);
  }
}
