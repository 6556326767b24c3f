package org.jarvis.api.action;

import java.util.List;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.tool.Arguments;

/**
 * The wish to run several tools, one after the other, with one consent to all of them. Principal
 * and origin come from how the request was authenticated, never from what it says.
 *
 * @param title what it is for, in words for people; as untrusted as whoever asks
 * @param steps what is to be done, in this order
 * @param principal who asks
 * @param origin by which way
 */
public record PlanRequest(String title, List<Step> steps, Principal principal, Origin origin) {
  /** Keeps the list from changing. */
  public PlanRequest {
    steps = List.copyOf(steps);
  }

  /**
   * One step.
   *
   * @param tool the tool's name
   * @param arguments its arguments, not yet validated
   */
  public record Step(String tool, Arguments arguments) {}
}
