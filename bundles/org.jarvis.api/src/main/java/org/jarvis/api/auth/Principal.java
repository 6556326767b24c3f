package org.jarvis.api.auth;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The authenticated identity that asks.
 *
 * @param name the account's name
 * @param kind what kind of identity
 * @param credential the id of the session or token that proved it; no secret
 * @param address the network address that it asks from, {@code null} where there is none
 */
public record Principal(
    String name, PrincipalKind kind, String credential, @Nullable String address) {
  /** Refuses missing parts. */
  public Principal {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(credential, "credential");
  }

  /** An identity that asks from no network address, or from one that nobody noted. */
  public Principal(String name, PrincipalKind kind, String credential) {
    this(name, kind, credential, null);
  }

  /** The same identity, asking from this network address. */
  public Principal from(String address) {
    return new Principal(name, kind, credential, address);
  }

  /** Whether this is a person in a browser session. */
  public boolean isPerson() {
    return kind == PrincipalKind.PERSON;
  }
}
