package org.jarvis.api.auth;

import java.util.Objects;

/**
 * The authenticated identity that asks.
 *
 * @param name the account's name
 * @param kind what kind of identity
 * @param credential the id of the session or token that proved it; no secret
 */
public record Principal(String name, PrincipalKind kind, String credential) {
  /** Refuses missing parts. */
  public Principal {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(credential, "credential");
  }

  /** Whether this is a person in a browser session. */
  public boolean isPerson() {
    return kind == PrincipalKind.PERSON;
  }
}
