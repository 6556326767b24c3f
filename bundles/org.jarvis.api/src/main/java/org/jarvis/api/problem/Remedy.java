package org.jarvis.api.problem;

import java.util.List;
import org.jarvis.api.action.PlanRequest;

/**
 * What mends a problem: a tool call, or a short plan of several. It is data; nothing happens before
 * somebody asks the gate for it, and the gate decides as for any other request.
 *
 * @param id its name among the remedies of the problem, such as {@code start}
 * @param title what it does, in words for a button, such as {@code Start media}
 * @param explanation one sentence: why this mends it, and what it costs
 * @param steps the tool calls, in this order; at least one
 * @param separable whether the first step alone makes sense, too
 */
public record Remedy(
    String id, String title, String explanation, List<PlanRequest.Step> steps, boolean separable) {
  /** Refuses a remedy that does nothing. */
  public Remedy {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("The remedy " + id + " has no steps.");
    }
  }

  /** A remedy of one step. */
  public static Remedy of(String id, String title, String explanation, PlanRequest.Step step) {
    return new Remedy(id, title, explanation, List.of(step), false);
  }

  /** Whether it is more than one tool call. */
  public boolean isPlan() {
    return steps.size() > 1;
  }
}
