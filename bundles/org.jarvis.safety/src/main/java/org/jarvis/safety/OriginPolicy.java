package org.jarvis.safety;

import org.jarvis.api.auth.Principal;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.SafetyPolicy;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Wants a person for every change that a model, an MCP client or a program asked for, whatever the
 * tier. The gesture is at least a held button: the question comes up unasked, and a click might
 * have been meant for something else.
 */
@Component
public final class OriginPolicy implements SafetyPolicy {
  /** Nothing to set up. */
  @Activate
  public OriginPolicy() {}

  @Override
  public String name() {
    return "origin";
  }

  @Override
  public Decision decide(PolicyRequest request) {
    if (!new Scene(request).writes()) {
      return new Decision.Allow("Anybody who may ask may observe.");
    }
    if (request.origin().direct() && isDirect(request.principal())) {
      return new Decision.Allow("Whoever asks wants it themselves.");
    }
    return new Decision.RequireApproval(
        "It was asked for by way of "
            + request.origin().word()
            + ", which is not trusted with changes, so it needs a person's approval.",
        atLeastHeld(request.use().consent()));
  }

  /** Both must agree: a wrongly stated origin does not make a program a person. */
  private static boolean isDirect(Principal principal) {
    return switch (principal.kind()) {
      case PERSON, TOKEN, CONSOLE -> true;
      case MCP, RUNBOOK -> false;
    };
  }

  private static Consent atLeastHeld(Consent consent) {
    return consent.compareTo(Consent.HOLD) >= 0 ? consent : Consent.HOLD;
  }
}
