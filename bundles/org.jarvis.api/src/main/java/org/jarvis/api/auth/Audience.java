package org.jarvis.api.auth;

import java.util.Locale;

/** What a bearer token may be presented to, whatever its scopes. */
public enum Audience {
  /** Everything that takes bearer tokens: REST, WebSocket, metrics, MCP. */
  API,
  /**
   * {@code /mcp} alone. Whoever steals such a token from an MCP client can only do what that client
   * could: ask, as an untrusted origin.
   */
  MCP;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word at the edges. */
  public String word() {
    return word;
  }
}
