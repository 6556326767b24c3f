package org.jarvis.llm.offline.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Cuts text into lower-case words, and contractions into what they are short for. */
final class Tokens {
  private static final String AROUND = ".,!?;:()[]{}<>*_~#\"'`/\\";
  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("can't", "can not"),
          Map.entry("cant", "can not"),
          Map.entry("cannot", "can not"),
          Map.entry("won't", "will not"),
          Map.entry("dont", "do not"),
          Map.entry("doesnt", "does not"),
          Map.entry("whats", "what is"),
          Map.entry("hows", "how is"),
          Map.entry("let's", "let us"),
          Map.entry("pls", "please"),
          Map.entry("plz", "please"));
  private static final List<String> WITH_IS =
      List.of("what", "how", "who", "where", "it", "that", "there", "everything", "why", "when");

  private Tokens() {}

  static List<String> of(String text) {
    List<String> tokens = new ArrayList<>();
    for (String raw : text.toLowerCase(Locale.ROOT).replace('’', '\'').split("[\\s,;]+", -1)) {
      String token = stripped(raw);
      if (!token.isEmpty()) {
        tokens.addAll(List.of(expanded(token).split(" ", -1)));
      }
    }
    return tokens;
  }

  private static String stripped(String raw) {
    int from = 0;
    int to = raw.length();
    while (from < to && AROUND.indexOf(raw.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && AROUND.indexOf(raw.charAt(to - 1)) >= 0) {
      to--;
    }
    return raw.substring(from, to);
  }

  private static String expanded(String token) {
    String known = SHORT.get(token);
    if (known != null) {
      return known;
    }
    int apostrophe = token.indexOf('\'');
    if (apostrophe <= 0) {
      return token;
    }
    String stem = token.substring(0, apostrophe);
    return switch (token.substring(apostrophe + 1)) {
      case "s" -> WITH_IS.contains(stem) ? stem + " is" : stem;
      case "t" -> stem.endsWith("n") ? stem.substring(0, stem.length() - 1) + " not" : token;
      case "re" -> stem + " are";
      case "ve" -> stem + " have";
      case "ll" -> stem + " will";
      case "d" -> stem + " would";
      case "m" -> stem + " am";
      default -> token;
    };
  }
}
