package org.jarvis.safety.command.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Effect;
import org.jspecify.annotations.Nullable;

/** A program while its statements are read. */
final class ProgramDraft {
  private static final Pattern HEADER =
      Pattern.compile("(green|yellow|red|black|wraps|elevates)((?: [a-z]+)*):(.*)");
  private static final Pattern NAME = Pattern.compile("\\[|[A-Za-z0-9][A-Za-z0-9._+-]*");
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._+\\[-]+)+");

  private final String file;
  private final int line;
  private final List<String> names;
  private final List<List<String>> paths = new ArrayList<>();
  private final Map<String, String> parts;
  private final List<Form> forms = new ArrayList<>();
  private boolean root;
  private boolean bundles = true;
  private boolean pastForms;
  private Meaning otherwise = Meaning.UNKNOWN;
  private @Nullable String because;
  private @Nullable String instead;

  ProgramDraft(String file, Statement statement, Map<String, String> shared) {
    this.file = file;
    line = statement.line();
    names = statement.words();
    parts = new HashMap<>(shared);
    if (names.isEmpty()) {
      throw new SynopsisProblem("The program has no name.");
    }
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        throw new SynopsisProblem("'" + name + "' is no name of a program.");
      }
    }
  }

  void take(Statement statement) {
    Matcher header = HEADER.matcher(statement.text());
    if (header.matches()) {
      forms.add(form(statement.line(), header));
      pastForms = false;
      return;
    }
    switch (statement.keyword()) {
      case "path" -> path(statement.words());
      case "root" -> root = true;
      case "style" -> style(statement.rest());
      case "let" -> RuleFileReader.let(statement, parts);
      case "otherwise" -> {
        otherwise = otherwise(statement.words());
        pastForms = true;
      }
      case "match:" -> example(statement, true);
      case "not_match:" -> example(statement, false);
      case "because:" -> explain(statement.rest());
      case "instead:" -> suggest(statement.rest());
      default ->
          throw new SynopsisProblem("'" + statement.keyword() + "' is no statement of a program.");
    }
  }

  private void path(List<String> words) {
    for (String path : words) {
      if (!PATH.matcher(path).matches() || path.contains("/../") || path.contains("/./")) {
        throw new SynopsisProblem("'" + path + "' is no absolute path of a program.");
      }
    }
    if (words.isEmpty()) {
      throw new SynopsisProblem("There is no path.");
    }
    paths.add(words);
  }

  private void style(String style) {
    if (!style.equals("dash")) {
      throw new SynopsisProblem("The only style is 'dash': options such as -name.");
    }
    bundles = false;
  }

  private Form form(int at, Matcher header) {
    List<String> flags = new ArrayList<>(Arrays.asList(header.group(2).strip().split(" ")));
    boolean asRoot = flags.remove("root") || root;
    flags.remove("");
    Form.Role role =
        switch (header.group(1)) {
          case "wraps" -> Form.Role.WRAPS;
          case "elevates" -> Form.Role.ELEVATES;
          default -> Form.Role.PLAIN;
        };
    Meaning meaning =
        role == Form.Role.PLAIN ? meaning(header.group(1), flags) : meaning("green", flags);
    String[] sides = header.group(3).split(" => ", 2);
    Synopsis synopsis = SynopsisReader.read(sides[0], parts, bundles);
    List<FixedTouch> touches =
        sides.length < 2
            ? List.of()
            : Arrays.stream(sides[1].split(",")).map(FixedTouch::read).toList();
    Form form = new Form(at, role, meaning, asRoot, synopsis, touches);
    FormCheck.check(form);
    return form;
  }

  private static Meaning meaning(String tier, List<String> flags) {
    String effect = flags.isEmpty() ? "" : flags.get(0);
    if (flags.size() > 1 || (!effect.isEmpty() && !tier.equals("red"))) {
      throw new SynopsisProblem("'" + flags + "' cannot stand with " + tier + ".");
    }
    return switch (tier) {
      case "green" -> Meaning.GREEN;
      case "yellow" -> new Meaning(Tier.YELLOW, Effect.CHANGES);
      case "red" -> new Meaning(Tier.RED, effect(effect));
      case "black" -> Meaning.BLACK;
      default -> throw new SynopsisProblem("'" + tier + "' is no tier.");
    };
  }

  private static Effect effect(String word) {
    return switch (word) {
      case "changes" -> Effect.CHANGES;
      case "", "disrupts" -> Effect.DISRUPTS;
      case "destroys" -> Effect.DESTROYS;
      default -> throw new SynopsisProblem("'" + word + "' is no effect such as disrupts.");
    };
  }

  private static Meaning otherwise(List<String> words) {
    if (words.isEmpty() || !List.of("red", "black").contains(words.get(0))) {
      throw new SynopsisProblem("What no form fits is 'red', 'red destroys' or 'black'.");
    }
    return meaning(words.get(0), words.subList(1, words.size()));
  }

  private Form last() {
    if (forms.isEmpty()) {
      throw new SynopsisProblem("There is no form before this.");
    }
    return forms.get(forms.size() - 1);
  }

  private void example(Statement statement, boolean matches) {
    last().add(new Form.Example(statement.line(), statement.rest(), matches));
  }

  private void explain(String why) {
    if (forms.isEmpty() || pastForms) {
      because = why;
    } else {
      last().explain(why);
    }
  }

  private void suggest(String what) {
    if (forms.isEmpty() || pastForms) {
      instead = what;
    } else {
      last().suggest(what);
    }
  }

  /** The rules, one for each name. */
  List<ProgramRule> finish() {
    if (paths.size() != names.size()) {
      throw new SynopsisProblem(
          "Program "
              + names.get(0)
              + " has "
              + names.size()
              + " names and "
              + paths.size()
              + " path statements; each name has one.");
    }
    FormCheck.checkExamples(names.get(0), forms);
    List<ProgramRule> rules = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      rules.add(
          new ProgramRule(
              file, line, names.get(i), paths.get(i), forms, otherwise, because, instead, true));
    }
    return rules;
  }
}
