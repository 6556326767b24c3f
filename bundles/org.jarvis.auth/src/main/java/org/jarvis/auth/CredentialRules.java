package org.jarvis.auth;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;

/** What user names and passwords have to look like. Length is what makes a password strong. */
final class CredentialRules {
  private static final int MIN_PASSWORD_CHARACTERS = 12;
  private static final int MAX_PASSWORD_BYTES = 1024;
  private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

  private CredentialRules() {}

  /** Whether an account can have this name at all. */
  static boolean possibleUsername(String username) {
    return USERNAME.matcher(username).matches();
  }

  /** Whether an account can have this password at all; cheap, before anything is hashed. */
  static boolean possiblePassword(Secret password) {
    return password.reveal().length() <= MAX_PASSWORD_BYTES
        && password.reveal().getBytes(StandardCharsets.UTF_8).length <= MAX_PASSWORD_BYTES;
  }

  /** Refuses a name or password that a new account may not have, naming the field. */
  static void check(String username, Secret password) {
    List<FieldError> errors = new ArrayList<>();
    if (!possibleUsername(username)) {
      errors.add(
          new FieldError(
              "username",
              "A user name has 1 to 64 letters, digits or . _ @ - and begins with a letter or"
                  + " digit."));
    }
    errors.addAll(passwordErrors("password", username, password));
    refuse(errors);
  }

  /** Refuses a password that an account may not have, blaming this field. */
  static void checkPassword(String field, String username, Secret password) {
    refuse(passwordErrors(field, username, password));
  }

  private static List<FieldError> passwordErrors(String field, String username, Secret password) {
    String text = password.reveal();
    String wrong = null;
    if (!possiblePassword(password)) {
      wrong = "A password has at most " + MAX_PASSWORD_BYTES + " bytes in UTF-8.";
    } else if (text.codePointCount(0, text.length()) < MIN_PASSWORD_CHARACTERS) {
      wrong = "A password has at least " + MIN_PASSWORD_CHARACTERS + " characters.";
    } else if (text.codePoints().distinct().count() == 1) {
      wrong = "A password is more than one character over and over.";
    } else if (text.equalsIgnoreCase(username)) {
      wrong = "A password is not the user name.";
    }
    return wrong == null ? List.of() : List.of(new FieldError(field, wrong));
  }

  private static void refuse(List<FieldError> errors) {
    if (!errors.isEmpty()) {
      throw new JarvisException(ErrorCode.INVALID_INPUT, errors.get(0).message(), errors);
    }
  }
}
