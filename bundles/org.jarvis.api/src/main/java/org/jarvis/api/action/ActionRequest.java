package org.jarvis.api.action;

import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.tool.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * The wish to run a tool. Principal and origin come from how the request was authenticated, never
 * from what it says.
 *
 * @param tool the tool's name
 * @param arguments its arguments, not yet validated
 * @param principal who asks
 * @param origin by which way
 * @param typed what the person typed last, by hand and themselves, where the request follows from
 *     it; {@code null} where nothing can stand for their consent. Only the chat says it
 */
public record ActionRequest(
    String tool, Arguments arguments, Principal principal, Origin origin, @Nullable String typed) {
  /** A request for which no typed word speaks. */
  public ActionRequest(String tool, Arguments arguments, Principal principal, Origin origin) {
    this(tool, arguments, principal, origin, null);
  }
}
