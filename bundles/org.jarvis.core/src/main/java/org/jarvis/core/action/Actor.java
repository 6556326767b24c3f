package org.jarvis.core.action;

import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who takes a step of an action's life, and from where, for the audit log.
 *
 * @param name who
 * @param way by which way, and from which address where there is one
 * @param credential the id of the session or token that proved it, {@code null} for Jarvis itself
 */
record Actor(String name, String way, @Nullable String credential) {
  /** A part of Jarvis that nobody asked just now: the executor, a timer. */
  static final Actor JARVIS = new Actor("jarvis", "gate", null);

  /** Somebody who asks for something. */
  static Actor of(Principal principal, Origin origin) {
    return new Actor(
        principal.name() + " (" + principal.kind().word() + ")",
        way(origin, principal.address()),
        principal.credential());
  }

  /** Somebody who answers or withdraws something that was asked for before. */
  static Actor of(Principal principal) {
    return of(principal, originOf(principal));
  }

  private static Origin originOf(Principal principal) {
    return switch (principal.kind()) {
      case PERSON -> Origin.BROWSER;
      case TOKEN -> Origin.API;
      case MCP -> Origin.MCP;
      case RUNBOOK -> Origin.RUNBOOK;
      case CONSOLE -> Origin.CONSOLE;
    };
  }

  /** A way as the audit log tells it. */
  static String way(Origin origin, @Nullable String address) {
    return address == null ? origin.word() : origin.word() + " " + address;
  }
}
