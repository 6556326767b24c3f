package org.jarvis.auth;

import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jspecify.annotations.Nullable;

/**
 * A named token that somebody asks for, and may have.
 *
 * @param name what it is called, in Unicode's normal form C
 * @param scopes what it covers, with what these imply
 * @param audience what it may be presented to
 * @param expiresAt when it ends, {@code null} for one that has to be revoked
 */
record TokenWish(String name, Set<Scope> scopes, Audience audience, @Nullable Instant expiresAt) {
  private static final int MAX_NAME_CHARACTERS = 64;
  private static final Duration LONGEST_LIFE = Duration.ofDays(3653);

  /** Keeps the scopes from changing. */
  TokenWish {
    scopes = Set.copyOf(scopes);
  }

  /**
   * What somebody asks for, where they may.
   *
   * @throws JarvisException with {@code INVALID_INPUT} or {@code INSUFFICIENT_SCOPE}
   */
  static TokenWish of(
      Authentication by,
      String name,
      Set<Scope> scopes,
      Audience audience,
      @Nullable Instant expiresAt,
      Instant now) {
    String normal = Normalizer.normalize(name, Normalizer.Form.NFC);
    List<FieldError> errors = new ArrayList<>();
    if (!visible(normal)) {
      errors.add(
          new FieldError(
              "name",
              "A token's name has 1 to 64 visible characters, with spaces at most between them."));
    }
    if (scopes.isEmpty()) {
      errors.add(new FieldError("scopes", "A token covers at least one of read, operate, admin."));
    }
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      errors.add(new FieldError("expiresAt", "A token's end lies in the future."));
    } else if (expiresAt != null && expiresAt.isAfter(now.plus(LONGEST_LIFE))) {
      errors.add(
          new FieldError(
              "expiresAt",
              "A token's end lies within the next ten years; leave it out for one that lasts until"
                  + " it is revoked."));
    }
    if (!errors.isEmpty()) {
      throw new JarvisException(ErrorCode.INVALID_INPUT, errors.get(0).message(), errors);
    }
    Set<Scope> all = withImplied(scopes);
    Instant end = by.principal().isPerson() ? expiresAt : within(by, all, expiresAt);
    return new TokenWish(normal, all, audience, end);
  }

  /** {@code operate} includes {@code read}, {@code admin} includes both. */
  private static Set<Scope> withImplied(Set<Scope> scopes) {
    return EnumSet.range(Scope.READ, scopes.stream().max(Scope::compareTo).orElseThrow());
  }

  /** A token makes no token that covers more or lasts longer than itself. */
  private static @Nullable Instant within(
      Authentication by, Set<Scope> scopes, @Nullable Instant expiresAt) {
    if (by.audience() != Audience.API) {
      throw new JarvisException(
          ErrorCode.INSUFFICIENT_SCOPE,
          "A token that was made for MCP makes no other. Make the new one in the browser.");
    }
    if (!by.scopes().contains(Scope.ADMIN) || !by.scopes().containsAll(scopes)) {
      throw new JarvisException(
          ErrorCode.INSUFFICIENT_SCOPE,
          "Making a token with a token needs one with the scope admin, and the new one covers no"
              + " more than that.");
    }
    Instant latest = by.expiresAt();
    if (expiresAt == null || latest == null) {
      return expiresAt == null ? latest : expiresAt;
    }
    if (expiresAt.isAfter(latest)) {
      throw new JarvisException(
          ErrorCode.INSUFFICIENT_SCOPE,
          "A token makes no token that lasts longer than itself; this one ends at "
              + latest
              + ". Make the new one in the browser.",
          List.of(new FieldError("expiresAt", "must not be later than " + latest)));
    }
    return expiresAt;
  }

  private static boolean visible(String name) {
    return !name.isEmpty()
        && name.codePointCount(0, name.length()) <= MAX_NAME_CHARACTERS
        && !name.startsWith(" ")
        && !name.endsWith(" ")
        && name.codePoints().allMatch(TokenWish::visible);
  }

  private static boolean visible(int character) {
    return character == ' '
        || switch (Character.getType(character)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.SPACE_SEPARATOR,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
  }
}
