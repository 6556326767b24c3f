package org.jarvis.core.action;

import java.util.Optional;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.safety.Autonomy;
import org.jarvis.api.safety.GuardrailSettings;
import org.jarvis.api.safety.Guardrails;

/**
 * What the gate itself holds against changes, before any policy is asked and before each step that
 * a running action takes: safe mode and the guardrails. Answers from memory.
 */
final class Restraint {
  private final OperatingMode mode;
  private final GuardrailSettings guardrails;

  Restraint(OperatingMode mode, GuardrailSettings guardrails) {
    this.mode = mode;
    this.guardrails = guardrails;
  }

  /** Why nothing may be changed for whoever asks in this way; empty where something may. */
  Optional<String> objection(Principal principal, Origin origin) {
    return mode.objection().or(() -> objection(guardrails.current(), principal, origin));
  }

  private static Optional<String> objection(
      Guardrails guardrails, Principal principal, Origin origin) {
    if (guardrails.halted() && !isDirectlyAPerson(principal, origin)) {
      return Optional.of(
          "The kill switch is on: nothing is changed that a person has not directly asked for in"
              + " the browser. A person can turn it off there.");
    }
    if (guardrails.autonomy() == Autonomy.OBSERVE && !origin.direct()) {
      return Optional.of(
          "The autonomy level is observe: what is asked for by way of "
              + origin.word()
              + " changes nothing. A person can raise it in the browser.");
    }
    return Optional.empty();
  }

  private static boolean isDirectlyAPerson(Principal principal, Origin origin) {
    return principal.isPerson() && origin == Origin.BROWSER;
  }
}
