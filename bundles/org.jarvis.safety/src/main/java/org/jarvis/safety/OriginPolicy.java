package org.jarvis.safety;

import java.util.List;
import java.util.Optional;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.SafetyPolicy;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Touch;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Wants a person for every change that a model, an MCP client or a program asked for, whatever the
 * tier. The gesture is at least a held button: the question comes up unasked, and a click might
 * have been meant for something else.
 *
 * <p>The one exception: a small change of one target that the person asked for themselves, in the
 * words that they typed last in the chat ({@link TypedWish}).
 */
@Component
public final class OriginPolicy implements SafetyPolicy {
  private final AliasBook aliases;
  private volatile @Nullable LiveState liveState;

  /** Finds no wish in any words until it knows what there is. */
  @Activate
  public OriginPolicy(@Reference AliasBook aliases) {
    this.aliases = aliases;
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setLiveState(LiveState arrived) {
    liveState = arrived;
  }

  void unsetLiveState(LiveState left) {
    if (liveState == left) {
      liveState = null;
    }
  }

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
    return typedWish(request)
        .<Decision>map(
            words -> new Decision.AllowAndRecord("The person typed \"" + words + "\" themselves."))
        .orElseGet(
            () ->
                new Decision.RequireApproval(
                    "It was asked for by way of "
                        + request.origin().word()
                        + ", which is not trusted with changes, so it needs a person's approval.",
                    atLeastHeld(request.use().consent())));
  }

  /** The person's own words for it, where it is small enough for words to do. */
  private Optional<String> typedWish(PolicyRequest request) {
    String typed = request.typed();
    LiveState state = liveState;
    boolean small =
        request.use().effect() == Effect.CHANGES
            && request.use().tier() == Tier.YELLOW
            && request.use().consent().compareTo(Consent.CLICK) <= 0;
    if (typed == null
        || state == null
        || !small
        || request.origin() != Origin.CHAT
        || !request.principal().isPerson()) {
      return Optional.empty();
    }
    List<PolicyRequest.Target> touched =
        request.targets().stream().filter(target -> target.touch() != Touch.USES).toList();
    if (touched.size() != 1 || touched.get(0).touch() != Touch.TENDS) {
      return Optional.empty();
    }
    // What is an alias of something else must not start this, so all have to be known.
    return aliases
        .known()
        .flatMap(known -> TypedWish.find(typed, request, touched.get(0), state.clusters(), known));
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
