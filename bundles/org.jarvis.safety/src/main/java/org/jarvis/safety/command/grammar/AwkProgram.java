package org.jarvis.safety.command.grammar;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of awk's language that picks, counts and prints: fields, variables, arithmetic,
 * comparisons, loops, {@code print} and {@code printf}. No redirection, no pipe, no {@code
 * getline}, no {@code system}, and none of the arrays by which a program chooses what it reads.
 *
 * <p>Whether a slash divides or begins a regular expression decides what follows it, so where
 * implementations could differ it is refused.
 */
final class AwkProgram {
  private static final Set<String> FUNCTIONS =
      Set.of(
          "length",
          "substr",
          "index",
          "split",
          "toupper",
          "tolower",
          "int",
          "sprintf",
          "match",
          "gsub",
          "sub",
          "log",
          "exp",
          "sqrt",
          "sin",
          "cos",
          "atan2",
          "strftime",
          "systime",
          "gensub",
          "asort",
          "asorti");

  private static final Set<String> KEYWORDS =
      Set.of(
          "BEGIN",
          "END",
          "if",
          "else",
          "for",
          "in",
          "next",
          "exit",
          "delete",
          "break",
          "continue",
          "print",
          "printf");

  private static final Set<String> SPECIAL =
      Set.of("NR", "NF", "FNR", "FS", "OFS", "ORS", "RS", "RSTART", "RLENGTH", "IGNORECASE");

  private static final Set<String> HEADS = Set.of("if", "for");

  /** Loops that end: over what was gathered, or over the fields of a line. */
  private static final Pattern BOUNDED_LOOP =
      Pattern.compile(
          " *\\( *(?:[a-z]+ +in +[a-z]+"
              + "|([a-z]+) *= *[0-9]{1,3} *; *\\1 *<=? *(?:NF|[0-9]{1,3}) *; *(?:\\1\\+\\+|\\+\\+\\1))"
              + " *\\).*",
          Pattern.DOTALL);

  /** A width that fills the memory before anything is printed. */
  private static final Pattern HUGE_WIDTH = Pattern.compile("%[-+ #0-9.]*[0-9]{4}");

  /** What came before decides what a slash means. */
  private enum Before {
    OPERAND,
    OPERATOR,
    UNCLEAR
  }

  private final ScriptText text;
  private final Deque<Boolean> parentheses = new ArrayDeque<>();
  private Before before = Before.OPERATOR;
  private String lastName = "";
  private boolean printing;

  private AwkProgram(String program) {
    text = new ScriptText(program);
  }

  /** Why the program may not run; {@code null} when it may. */
  static @Nullable String objection(String program, PathRules paths) {
    if (HUGE_WIDTH.matcher(program).find()) {
      return "prints something of a width that no screen has";
    }
    return new AwkProgram(program).objection();
  }

  private @Nullable String objection() {
    while (!text.atEnd()) {
      char character = text.peek();
      String objection;
      if (character == ' ') {
        text.skipBlanks();
        continue;
      }
      if (Character.isLetter(character) || character == '_') {
        objection = name(text.takeName());
      } else if (Character.isDigit(character) || character == '.') {
        objection = number();
      } else {
        objection = sign(text.take());
        lastName = "";
      }
      if (objection != null) {
        return objection;
      }
    }
    return null;
  }

  private @Nullable String name(String name) {
    boolean keyword = KEYWORDS.contains(name);
    boolean function = FUNCTIONS.contains(name);
    boolean variable =
        SPECIAL.contains(name)
            || (name.length() <= 16 && name.equals(name.toLowerCase(java.util.Locale.ROOT)));
    if (!keyword && !function && (!variable || AwkWords.RESERVED.contains(name))) {
      return "uses '" + name + "', which reaches beyond what it reads and prints";
    }
    if (!keyword && !function && text.peek() == '(') {
      return "calls '" + name + "', which is not known";
    }
    if (name.equals("for") && !text.continuesWith(BOUNDED_LOOP)) {
      return "has a loop that may never end; 'for (i = 1; i <= NF; i++)' and 'for (k in a)' do";
    }
    if (name.startsWith("print")) {
      printing = true;
    }
    before = keyword ? Before.OPERATOR : function ? Before.UNCLEAR : Before.OPERAND;
    lastName = name;
    return null;
  }

  private @Nullable String number() {
    while (Character.isDigit(text.peek()) || text.peek() == '.') {
      text.take();
    }
    before = Before.OPERAND;
    lastName = "";
    return null;
  }

  private @Nullable String sign(char sign) {
    switch (sign) {
      case '"' -> {
        before = Before.OPERAND;
        return text.takeUntil('"', false) ? null : "has a text that is not closed";
      }
      case '/' -> {
        return slash();
      }
      case '(' -> parentheses.push(HEADS.contains(lastName));
      case ')' -> {
        if (parentheses.isEmpty()) {
          return "closes a parenthesis that is not open";
        }
        // What follows the condition of an if begins anew, elsewhere it goes on.
        before = parentheses.pop() ? Before.OPERATOR : Before.OPERAND;
        return null;
      }
      case ']' -> {
        before = Before.OPERAND;
        return null;
      }
      case ';', '{', '}' -> printing = false;
      case '+', '-' -> {
        if (text.take(String.valueOf(sign))) {
          before = Before.UNCLEAR;
          return null;
        }
      }
      case '>' -> {
        if (printing) {
          return "redirects what it prints";
        }
      }
      case '|', '&' -> {
        if (!text.take(String.valueOf(sign))) {
          return "pipes with '" + sign + "'";
        }
      }
      default -> {
        if ("$[*%=!<~?:,^".indexOf(sign) < 0) {
          return "has '" + sign + "' in it";
        }
      }
    }
    before = Before.OPERATOR;
    return null;
  }

  private @Nullable String slash() {
    switch (before) {
      case OPERAND -> {
        before = Before.OPERATOR;
        return null;
      }
      case OPERATOR -> {
        before = Before.OPERAND;
        return text.takeUntil('/', true) ? null : "has a regular expression that is not closed";
      }
      case UNCLEAR -> {
        return "has a '/' of which nobody can tell whether it divides";
      }
    }
    throw new IllegalStateException("A slash comes after something.");
  }
}
