package org.jarvis.api.safety;

import java.util.Optional;
import org.jarvis.api.tool.ToolDefinition;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Has a say in whether an action may run.
 *
 * <p>Lifecycle: register an implementation as a service; from the next decision on it is asked.
 * When it leaves, it is asked no more - unless it is one of the required policies, without which
 * nothing but observing is allowed. A decision that is being made while it leaves fails closed.
 *
 * <p>Every policy is asked for every request, and the strictest answer wins, so a third party's
 * policy can only make decisions stricter; {@code service.ranking} plays no part.
 *
 * <p>Threading: called from several threads at once. It must answer from memory, within 1.5 s; one
 * that throws, answers {@code null} or takes longer counts as {@link Decision.Deny}, and is named.
 */
@ConsumerType
public interface SafetyPolicy {
  /** A short, stable name such as {@code protection}, shown beside its reasons. */
  String name();

  /**
   * Why nobody may ever use this tool, whatever the arguments; empty when that depends. The
   * catalogue shows such a tool as BLACK. It is asked of the standard policies alone, and decides
   * nothing: {@link #decide} has to deny what is banned here.
   */
  default Optional<String> ban(ToolDefinition tool) {
    return Optional.empty();
  }

  /** Judges a request. Must not depend on anything that a model or a client claims. */
  Decision decide(PolicyRequest request);
}
