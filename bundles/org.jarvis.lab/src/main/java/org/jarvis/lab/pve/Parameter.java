package org.jarvis.lab.pve;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One parameter of an endpoint and the check of its value, in the words of the real schema.
 *
 * @param name as clients send it
 * @param required whether it may not be missing
 * @param form what its value must look like
 */
record Parameter(String name, boolean required, Form form) {

  /** The shapes of values that the simulated endpoints know. */
  sealed interface Form {
    /** Any integer between two bounds. */
    record Whole(long least, long most) implements Form {}

    /** A guest's number. */
    record GuestNumber() implements Form {}

    /** Yes or no, in any of the spellings that Proxmox VE takes. */
    record Flag() implements Form {}

    /** One of these words. */
    record OneOf(List<String> words) implements Form {}

    /** A number between two bounds, with or without a fraction. */
    record Decimal(double least, double most) implements Form {}

    /** Text of a certain format. */
    record Formed(ParameterFormat format) implements Form {}

    /** Text of no more than so many characters. */
    record Limited(int most) implements Form {}

    /** Several values, each sent by itself. */
    record Several() implements Form {}

    /** Anything. */
    record Text() implements Form {}
  }

  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,18}");
  private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,18}(?:\\.\\d{1,18})?");
  private static final List<String> FLAGS =
      List.of("1", "0", "on", "off", "yes", "no", "true", "false");

  static Parameter whole(String name) {
    return new Parameter(name, false, new Form.Whole(0, Long.MAX_VALUE));
  }

  static Parameter whole(String name, long least, long most) {
    return new Parameter(name, false, new Form.Whole(least, most));
  }

  static Parameter decimal(String name, double least, double most) {
    return new Parameter(name, false, new Form.Decimal(least, most));
  }

  static Parameter formed(String name, boolean required, ParameterFormat format) {
    return new Parameter(name, required, new Form.Formed(format));
  }

  static Parameter limited(String name, int most) {
    return new Parameter(name, false, new Form.Limited(most));
  }

  static Parameter list(String name) {
    return new Parameter(name, false, new Form.Several());
  }

  static Parameter guestNumber(String name, boolean required) {
    return new Parameter(name, required, new Form.GuestNumber());
  }

  static Parameter flag(String name) {
    return new Parameter(name, false, new Form.Flag());
  }

  static Parameter oneOf(String name, boolean required, String... words) {
    return new Parameter(name, required, new Form.OneOf(List.of(words)));
  }

  static Parameter text(String name) {
    return new Parameter(name, false, new Form.Text());
  }

  /** What is wrong with a value, if anything. */
  Optional<String> complaint(String value) {
    if (form instanceof Form.Whole whole) {
      return wholeNumber(value, whole);
    }
    if (form instanceof Form.GuestNumber) {
      return guestNumber(value);
    }
    if (form instanceof Form.Flag) {
      return FLAGS.contains(value) ? Optional.empty() : mistyped("boolean", value);
    }
    if (form instanceof Form.Decimal decimal) {
      return decimalNumber(value, decimal);
    }
    if (form instanceof Form.Formed formed) {
      return formed.format().complaint(value);
    }
    if (form instanceof Form.Limited limited) {
      return value.length() > limited.most()
          ? Optional.of("value may only be " + limited.most() + " characters long")
          : Optional.empty();
    }
    if (form instanceof Form.OneOf oneOf) {
      return oneOf.words().contains(value)
          ? Optional.empty()
          : Optional.of(
              "value '%s' does not have a value in the enumeration '%s'"
                  .formatted(value, String.join(", ", oneOf.words())));
    }
    return Optional.empty();
  }

  private static Optional<String> wholeNumber(String value, Form.Whole whole) {
    if (!INTEGER.matcher(value).matches()) {
      return mistyped("integer", value);
    }
    long number = Long.parseLong(value);
    if (number < whole.least()) {
      return Optional.of("value must have a minimum value of " + whole.least());
    }
    return number > whole.most()
        ? Optional.of("value must have a maximum value of " + whole.most())
        : Optional.empty();
  }

  private static Optional<String> decimalNumber(String value, Form.Decimal decimal) {
    if (!DECIMAL.matcher(value).matches()) {
      return mistyped("number", value);
    }
    double number = Double.parseDouble(value);
    if (number < decimal.least()) {
      return Optional.of("value must have a minimum value of " + (long) decimal.least());
    }
    return number > decimal.most()
        ? Optional.of("value must have a maximum value of " + (long) decimal.most())
        : Optional.empty();
  }

  private static Optional<String> guestNumber(String value) {
    if (!INTEGER.matcher(value).matches()) {
      return mistyped("integer", value);
    }
    long number = Long.parseLong(value);
    return number < 100 || number > 999_999_999
        ? Optional.of("invalid format - value does not look like a valid VM ID\n")
        : Optional.empty();
  }

  private static Optional<String> mistyped(String type, String value) {
    return Optional.of("type check ('%s') failed - got '%s'".formatted(type, value));
  }
}
