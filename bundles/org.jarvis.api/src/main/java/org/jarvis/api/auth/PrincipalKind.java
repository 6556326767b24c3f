package org.jarvis.api.auth;

import java.util.Locale;

/** What kind of identity asks. */
public enum PrincipalKind {
  /** A person in a browser session: the only kind that can consent. */
  PERSON,
  /** A bearer token, whoever holds it. */
  TOKEN,
  /** An MCP client. */
  MCP,
  /** A runbook. */
  RUNBOOK,
  /** Somebody with a shell on Jarvis's own machine, at its console. */
  CONSOLE;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word at the edges. */
  public String word() {
    return word;
  }
}
