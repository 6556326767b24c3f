package org.jarvis.api.action;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The gate's way in for plans. A plan is an {@link Action} of its own, of the tool {@value #TOOL},
 * with one hash over all its steps and one approval; it is found, answered and cancelled through
 * {@link ActionGate} as any other. Its steps become actions as it gets to them: each is decided
 * afresh, and has to meet its targets as the steps before it were to leave them. Where one does
 * not, or fails, the plan stops, says what stands, and asks anew for the rest.
 *
 * <p>The core provides the one service. Safe from any thread. Throws as {@link ActionGate} does;
 * {@code INVALID_ARGUMENTS} also where there are no steps or too many, or one only observes.
 */
@ProviderType
public interface PlanGate {
  /** What stands as the tool's name in the action of a plan. No tool can have it. */
  String TOOL = "run_plan";

  /** How many steps a plan may have. */
  int MAX_STEPS = 20;

  /** Decides exactly as {@link #submit} would, and does nothing after it. Nothing is recorded. */
  Action preview(PlanRequest request);

  /** Decides all steps, and then runs them, or asks a person, or refuses. */
  Action submit(PlanRequest request);
}
