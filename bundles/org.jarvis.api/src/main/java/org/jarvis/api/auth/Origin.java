package org.jarvis.api.auth;

import java.util.Locale;

/** By which way a request came. */
public enum Origin {
  /** A click on the page. */
  BROWSER(true),
  /** REST with a bearer token. */
  API(true),
  /** The console on Jarvis's own machine. */
  CONSOLE(true),
  /** A model in the chat: untrusted always. */
  CHAT(false),
  /** An MCP client: untrusted always. */
  MCP(false),
  /** A runbook. */
  RUNBOOK(false);

  private final String word = name().toLowerCase(Locale.ROOT);
  private final boolean direct;

  Origin(boolean direct) {
    this.direct = direct;
  }

  /** The word at the edges. */
  public String word() {
    return word;
  }

  /** Whether whoever asked is the one who wants it, with no model or program deciding between. */
  public boolean direct() {
    return direct;
  }
}
