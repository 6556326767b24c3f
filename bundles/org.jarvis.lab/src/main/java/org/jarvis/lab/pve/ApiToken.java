package org.jarvis.lab.pve;

import java.util.Objects;

/**
 * An API token of the lab.
 *
 * @param user such as {@code jarvis@pve}
 * @param name the token's name
 * @param secret what proves it
 * @param role what it may do, on every path
 */
public record ApiToken(String user, String name, String secret, Role role) {

  /** Checks that nothing is missing. */
  public ApiToken {
    Objects.requireNonNull(role);
    if (user.isBlank() || name.isBlank() || secret.isBlank()) {
      throw new IllegalArgumentException("a token needs user, name and secret");
    }
  }

  /** Its identity, {@code user@realm!name}. */
  public String id() {
    return user + "!" + name;
  }

  /** The value that a connector's configuration takes, {@code user@realm!name=secret}. */
  public String credential() {
    return id() + "=" + secret;
  }

  @Override
  public String toString() {
    return id() + " (" + role + ")";
  }
}
