package org.jarvis.safety.command.grammar;

import org.jspecify.annotations.Nullable;

/**
 * The part of sed's language that picks, deletes and replaces what is printed: {@code p d q =} and
 * {@code s}, each with at most two addresses. No command that writes, reads or executes, and no
 * flag of {@code s} that does.
 */
final class SedScript {
  private static final String OBJECTION =
      "is no sed script of p, d, q, = and s with at most two addresses, joined with ;";

  private final ScriptText text;

  private SedScript(String script) {
    text = new ScriptText(script);
  }

  /** Why the script may not run; {@code null} when it may. */
  static @Nullable String objection(String script, PathRules paths) {
    return new SedScript(script).isHarmless() ? null : OBJECTION;
  }

  private boolean isHarmless() {
    while (true) {
      text.skipBlanks();
      if (!addresses() || !command()) {
        return false;
      }
      text.skipBlanks();
      if (text.atEnd()) {
        return true;
      }
      if (text.take() != ';') {
        return false;
      }
      text.skipBlanks();
      if (text.atEnd()) {
        return true;
      }
    }
  }

  private boolean addresses() {
    if (!address()) {
      return false;
    }
    if (text.take(",")) {
      text.take("+");
      if (!isAddress(text.peek()) || !address()) {
        return false;
      }
    }
    text.skipBlanks();
    text.take("!");
    return true;
  }

  private static boolean isAddress(char character) {
    return character == '/' || character == '$' || (character >= '0' && character <= '9');
  }

  /** None is an address, too. */
  private boolean address() {
    if (text.take("/")) {
      boolean closed = text.takeUntil('/', true);
      text.take("I");
      return closed;
    }
    if (text.take("$")) {
      return true;
    }
    while (Character.isDigit(text.peek()) || text.peek() == '~') {
      text.take();
    }
    return true;
  }

  private boolean command() {
    return switch (text.take()) {
      case 'p', 'd', '=' -> true;
      case 'q' -> true;
      case 's' -> substitution();
      default -> false;
    };
  }

  private boolean substitution() {
    char delimiter = text.take();
    if ("/|,#:@!_".indexOf(delimiter) < 0) {
      return false;
    }
    if (!text.takeUntil(delimiter, true) || !text.takeUntil(delimiter, false)) {
      return false;
    }
    while ("gpiI".indexOf(text.peek()) >= 0 || Character.isDigit(text.peek())) {
      text.take();
    }
    return true;
  }
}
