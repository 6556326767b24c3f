package org.jarvis.safety.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jarvis.api.command.Affected;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Touch;
import org.jarvis.safety.command.grammar.Complaint;
import org.jarvis.safety.command.grammar.Fit;
import org.jarvis.safety.command.grammar.Form;
import org.jarvis.safety.command.grammar.Meaning;
import org.jarvis.safety.command.grammar.ProgramRule;
import org.jarvis.safety.command.line.Shown;
import org.jspecify.annotations.Nullable;

/** Judges one program with its arguments by the rules. */
final class CallJudge {
  private static final int DEEPEST = 4;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");
  private static final Pattern PLACE =
      Pattern.compile("(/usr(/local)?)?/s?bin/[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");

  private final RuleBook book;

  CallJudge(RuleBook book) {
    this.book = book;
  }

  /** What the words mean there; the first is the program. */
  Verdict judge(List<String> words, Surroundings where) {
    Verdict verdict = byRule(words, where);
    if (verdict.meaning().tier() == Tier.GREEN) {
      return verdict;
    }
    return words.stream()
        .filter(book.paths()::namesSecret)
        .findFirst()
        .map(
            word ->
                never(
                    words,
                    Shown.word(word) + " names something secret, which no command gets to see.",
                    verdict.instead()))
        .orElse(verdict);
  }

  private Verdict byRule(List<String> words, Surroundings where) {
    String name = words.get(0);
    if (where.depth() > DEEPEST) {
      return never(words, "There are too many commands within commands.", null);
    }
    Optional<ProgramRule> known = book.find(name);
    if (known.isEmpty()) {
      return unknown(words, where);
    }
    ProgramRule rule = known.get();
    List<String> arguments = words.subList(1, words.size());
    Complaint complaint = new Complaint();
    for (Form form : rule.forms()) {
      Optional<Fit> fit = form.fit(arguments, book.paths(), complaint);
      if (fit.isPresent()) {
        return fits(rule, form, fit.get(), words, where);
      }
    }
    return misfit(rule, words, complaint, where);
  }

  private Verdict fits(
      ProgramRule rule, Form form, Fit fit, List<String> words, Surroundings where) {
    if (form.role() != Form.Role.PLAIN) {
      return wrapped(rule, form, fit, words, where);
    }
    Meaning meaning =
        rule.confirmed() ? form.meaning() : form.meaning().atLeast(Meaning.UNCONFIRMED);
    Touches touches = Touches.of(form, fit, meaning, where);
    return new Verdict(
        meaning,
        vector(rule, words, where),
        form.root() && where.inside() == null,
        touches.affected(),
        touches.mentions(),
        touches.contacts(),
        because(rule, form, meaning),
        meaning.tier() == Tier.GREEN ? null : instead(rule, form),
        form);
  }

  private static String because(ProgramRule rule, Form form, Meaning meaning) {
    if (!rule.confirmed()) {
      return "Nobody has confirmed "
          + rule.file()
          + " yet, so all that its rules allow needs a person.";
    }
    String because = form.because();
    return because != null ? rule.name() + ": " + because : says(rule.name(), meaning);
  }

  private static String says(String program, Meaning meaning) {
    return switch (meaning.tier()) {
      case GREEN -> program + " only looks, called like this.";
      case YELLOW -> program + " changes something small, called like this.";
      case RED ->
          program
              + switch (meaning.effect()) {
                case OBSERVES, CHANGES -> " changes something";
                case DISRUPTS -> " interrupts something";
                case DESTROYS -> " may lose something for good";
              }
              + ", called like this.";
      case BLACK -> program + " is never run like this, whoever asks.";
    };
  }

  private Verdict wrapped(
      ProgramRule rule, Form form, Fit fit, List<String> words, Surroundings where) {
    int at = 1 + fit.commandAt();
    Surroundings inner =
        switch (fit.place()) {
          case HERE -> where.deeper();
          case GUEST -> where.within(Affected.Kind.GUEST, named(fit, Affected.Kind.GUEST));
          case CONTAINER ->
              where.within(Affected.Kind.CONTAINER, named(fit, Affected.Kind.CONTAINER));
        };
    Verdict command = judge(words.subList(at, words.size()), inner);
    List<String> vector = new ArrayList<>();
    if (form.role() == Form.Role.WRAPS) {
      vector.addAll(vector(rule, words.subList(0, at), where));
    }
    vector.addAll(command.vector());
    boolean root = where.inside() == null && (form.root() || command.root());
    return new Verdict(
        command.meaning(),
        vector,
        root || (form.role() == Form.Role.ELEVATES && where.inside() == null),
        command.affected(),
        command.mentions(),
        command.contacts(),
        command.reason(),
        command.instead(),
        form);
  }

  private static String named(Fit fit, Affected.Kind kind) {
    return fit.hits().stream()
        .filter(hit -> hit.operand().kind().affects() == kind)
        .map(hit -> hit.text())
        .findFirst()
        .orElseThrow();
  }

  /** Inside a guest programs may live elsewhere, so there they keep their names. */
  private static List<String> vector(ProgramRule rule, List<String> words, Surroundings where) {
    if (where.inside() != null) {
      return words;
    }
    List<String> vector = new ArrayList<>(words);
    vector.set(0, rule.path());
    return vector;
  }

  private static @Nullable String instead(ProgramRule rule, @Nullable Form form) {
    if (form != null) {
      return form.instead();
    }
    return rule.instead() != null
        ? rule.instead()
        : rule.forms().stream()
            .map(Form::instead)
            .filter(text -> text != null)
            .findFirst()
            .orElseGet(() -> example(rule));
  }

  private static @Nullable String example(ProgramRule rule) {
    return rule.forms().stream()
        .flatMap(form -> form.examples().stream())
        .filter(Form.Example::matches)
        .findFirst()
        .map(example -> "For example: " + example.text())
        .orElse(null);
  }

  private Verdict misfit(
      ProgramRule rule, List<String> words, Complaint complaint, Surroundings where) {
    String because = rule.because();
    String reason =
        rule.forms().isEmpty()
            ? says(rule.name(), rule.otherwise())
            : rule.name() + ": " + culprit(words, complaint) + ".";
    return unresolved(
        rule.otherwise(),
        vector(rule, words, where),
        words,
        because == null ? reason : reason + " " + because,
        instead(rule, null),
        where);
  }

  private static String culprit(List<String> words, Complaint complaint) {
    int at = 1 + complaint.argument();
    return at < words.size()
        ? "word " + (at + 1) + ", " + Shown.word(words.get(at)) + ", " + complaint.reason()
        : "after word " + words.size() + " something " + complaint.reason();
  }

  private static Verdict unknown(List<String> words, Surroundings where) {
    String name = words.get(0);
    if (ShellWords.contains(name)) {
      return never(
          words,
          Shown.word(name) + " is no program but a part of the shell, which is not used here.",
          "Name a program by itself.");
    }
    if (name.contains("/") ? !PLACE.matcher(name).matches() : !NAME.matcher(name).matches()) {
      return never(
          words,
          Shown.word(name) + " is not the place of any program that is known.",
          "Name the program without its path, such as uptime.");
    }
    return unresolved(
        Meaning.UNKNOWN,
        words,
        words,
        Shown.word(name) + " is not known, so nobody can tell what it does.",
        "Use a program that is known, or write a rule for it (docs/command-rules.md).",
        where);
  }

  /** Nobody can tell what it does something to: to where it runs, and to whatever it mentions. */
  private static Verdict unresolved(
      Meaning meaning,
      List<String> vector,
      List<String> words,
      String reason,
      @Nullable String instead,
      Surroundings where) {
    return new Verdict(
        meaning,
        vector,
        where.inside() == null,
        List.of(Touches.place(where, Touch.RECONFIGURES)),
        words.subList(1, words.size()),
        List.of(),
        reason,
        instead,
        null);
  }

  private static Verdict never(List<String> words, String reason, @Nullable String instead) {
    return new Verdict(
        Meaning.BLACK, words, false, List.of(), List.of(), List.of(), reason, instead, null);
  }
}
